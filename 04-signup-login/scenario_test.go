package accounts

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/netip"
	"net/url"
	"testing"
	"time"

	"example.com/authbook/internal/exercise/scenario"
	"example.com/authbook/internal/problem"
)

// A story is a scenario in requests, told to a fresh server. There is one account
// from the start: "root" with the password "root-password", an administrator.
type story = scenario.Scenario[*world]

// tell makes a story: what must be true, and the steps that show it.
func tell(name string, steps ...step) story { return scenario.Tell[*world](name, steps...) }

// A step is one request, or a wait. The functions below make steps. Without more, a
// step expects the success of its request:
//
//	signUp("JIN HO", "12341234", "Mentos")      // username, password, nickname
//	logIn("JIN HO", "12341234").gives("phone")  // the token of this log-in is called phone
//	me("phone").answers(sampleUser)             // GET /me with that token; this is the whole answer
//	wait(time.Minute)                           // which costs the test nothing
//	me(noToken).fails("TOKEN_NOT_FOUND")        // a request without a token
type step struct {
	scenario.Told
	request
	members content // of the body
	sender  string  // whose token is sent
	success int     // the status
	newName string  // what to call the token that comes back
	whole   string  // the answer, as JSON; "" is not looked at

	often  int // how often it is sent, one after the other, each with the same end
	atTime int // how often it is sent at the same moment: one ends so, all others are too late
}

// noToken stands where a request carries none.
const noToken = ""

// verbs are those behind which something may be added.
type verbs = []string

// content is the members of a request's body.
type content = map[string]any

func ask(told scenario.Told, do string, success int, token string, body content) step {
	return step{Told: told, request: request{do: do}, success: success, sender: token, members: body}
}

// signUp sends POST /signup.
func signUp(username, password, nickname string) step {
	return ask(scenario.Verb("signUp", username, password, nickname), "POST /signup", http.StatusCreated, noToken,
		content{"username": username, "password": password, "nickname": nickname})
}

// with adds a member to the body of a sign-up.
func (s step) with(member string, value any) step {
	more := content{}
	maps.Copy(more, s.members)
	more[member], s.members = value, more
	return s.and(verbs{"signUp"}, "with", member, value)
}

// logIn sends POST /login.
func logIn(username, password string) step {
	return ask(scenario.Verb("logIn", username, password), "POST /login", http.StatusOK, noToken,
		content{"username": username, "password": password})
}

// gives calls the token of a log-in name.
func (s step) gives(name string) step {
	s.newName = name
	s.Told = s.Gives(verbs{"logIn"}, name)
	return s
}

// me sends GET /me with the token.
func me(token string) step {
	return ask(scenario.Verb("me", token), "GET /me", http.StatusOK, token, nil)
}

// changePassword sends PUT /me/password with the token.
func changePassword(token, current, next string) step {
	return ask(scenario.Verb("changePassword", token, current, next), "PUT /me/password", http.StatusNoContent, token,
		content{"currentPassword": current, "newPassword": next})
}

// deleteMe sends DELETE /me with the token.
func deleteMe(token, password string) step {
	return ask(scenario.Verb("deleteMe", token, password), "DELETE /me", http.StatusNoContent, token,
		content{"currentPassword": password})
}

// setRoles sends PATCH /admin/users/{username}/roles with the token.
func setRoles(token, username string, roles ...string) step {
	args := []any{token, username}
	for _, role := range roles {
		args = append(args, role)
	}
	path := "/admin/users/" + url.PathEscape(username) + "/roles"
	return ask(scenario.Verb("setRoles", args...), "PATCH "+path, http.StatusOK, token, content{"roles": roles})
}

// wait lets time go by. It costs none: the clock is that of testing/synctest.
func wait(d time.Duration) step { return step{Told: scenario.Wait(d)} }

// from says which address the request comes from. Without it all come from one.
func (s step) from(address string) step {
	s.request.from = address
	s = s.and(requests(), "from", address)
	if _, err := netip.ParseAddr(address); err != nil {
		s.Told = s.Slip("%q is no address; write one such as 198.51.100.7", address)
	}
	return s
}

// times sends the request so often, one after the other. Each must end the same way.
func (s step) times(n int) step {
	s.often = n
	return s.and(requests(), "times", n).several(n)
}

// atOnce sends the sign-up so often at the same moment. One must succeed, and all
// others fail with USER_ALREADY_EXISTS.
func (s step) atOnce(n int) step {
	s.atTime = n
	return s.and(verbs{"signUp"}, "atOnce", n).several(n)
}

// answers expects this JSON as the whole answer.
func (s step) answers(whole string) step {
	s.whole = whole
	s = s.and(verbs{"signUp", "me", "setRoles"}, "answers", whole)
	if !json.Valid([]byte(whole)) {
		s.Told = s.Slip("the row's answer is no JSON: %s", whole)
	}
	return s
}

// fails expects an error answer with the code, and with the status of that code.
func (s step) fails(code problem.Code) step {
	s.Told = s.Fails(requests(), code)
	return s
}

func requests() []string {
	return verbs{"signUp", "logIn", "me", "changePassword", "deleteMe", "setRoles"}
}

func (s step) and(verbs []string, name string, args ...any) step {
	s.Told = s.And(verbs, name, args...)
	return s
}

func (s step) several(n int) step {
	switch {
	case n < 2:
		s.Told = s.Slip("a request is sent once anyway; write 2 or more")
	case s.often > 0 && s.atTime > 0:
		s.Told = s.Slip("a request is sent times after each other or atOnce; leave one of them out")
	}
	return s
}

// handlerExercises is what every request to the reference may run through.
func handlerExercises() []string {
	return []string{"4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8"}
}

// holdAgainst holds a table to its two duties: it passes on the model and on the
// chapter's own handlers, and it fails on every impostor.
func holdAgainst(t *testing.T, id string, table []story, impostors []scenario.Impostor) {
	t.Helper()
	scenario.Trial[*world]{
		Exercise: id, Model: flawed, Own: ownHandlers, Needs: handlerExercises(), Impostors: impostors,
	}.Hold(t, table)
}
