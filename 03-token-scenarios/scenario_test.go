package tokens

import (
	"strings"
	"time"

	"example.com/authbook/internal/exercise/scenario"
	"example.com/authbook/internal/problem"
)

// A story is a scenario: it must come true on any correct server. Somebody logs in,
// time goes by, somebody refreshes.
type story = scenario.Scenario[*world]

// tell makes a story: what must be true, and the steps that show it.
func tell(name string, steps ...step) story { return scenario.Tell[*world](name, steps...) }

// A step is one request, or something else that happens. The functions below
// make steps. Without more, a step expects success:
//
//	logIn("a")                     // the tokens of this log-in are called a
//	me("a")                        // a's access token says who is logged in
//	refresh("a").gives("b")        // a's refresh token works; the new pair is b
//	wait(time.Hour)                // which costs the test nothing
//	me("b").fails("TOKEN_EXPIRED") // b's access token is too old now
type step struct {
	scenario.Told
	action action
	tokens string // the pair whose token is sent
	bearer string // for logOut: the pair whose access token is sent
	with   bool   // for logOut: which tokens are sent is said already
	user   string // for logIn and disable
	both   []step // for together

	swapped bool // send the pair's other token
	altered bool // send it with its signature changed

	newName    string // what to call the pair that comes back
	keepCookie bool
}

// action is what a step does with the pairs that it names, those of tokens and of
// bearer. It answers what the client saw, or an error if that alone is wrong.
type action func(w *world, s step, sent, other pairOf) (answer, error)

// verbs are those behind which something may be added.
type verbs = []string

// logIn opens a session for JIN HO and calls its pair of tokens name.
func logIn(name string) step {
	return step{Told: scenario.Verb("logIn", name), action: doLogIn, newName: name}.of("JIN HO")
}

// as makes it MIN SU who logs in. JIN HO and MIN SU are all the people there
// are, and a name is written just so.
func (s step) as(user string) step { return s.and(verbs{"logIn"}, "as", user).of(user) }

// me asks with the pair's access token who is logged in. It expects the person
// whose log-in the pair comes from.
func me(name string) step {
	return step{Told: scenario.Verb("me", name), action: doMe, tokens: name}
}

// refresh sends the pair's refresh token to /refresh.
func refresh(name string) step {
	return step{Told: scenario.Verb("refresh", name), action: doRefresh, tokens: name}
}

// logOut sends both tokens of the pair to /logout, as a browser does.
func logOut(name string) step {
	return step{Told: scenario.Verb("logOut", name), action: doLogOut, tokens: name, bearer: name}
}

// withCookieOnly leaves the access token out of a logOut.
func (s step) withCookieOnly() step {
	s.bearer = ""
	return s.sends("withCookieOnly")
}

// withBearerOnly leaves the refresh token out of a logOut.
func (s step) withBearerOnly() step {
	s.tokens = ""
	return s.sends("withBearerOnly")
}

// withBearerOf makes logOut send another pair's access token beside the cookie.
func (s step) withBearerOf(name string) step {
	s.bearer = name
	return s.sends("withBearerOf", name)
}

// logOutAll sends the pair's access token to /logout/all.
func logOutAll(name string) step {
	return step{Told: scenario.Verb("logOutAll", name), action: doLogOutAll, tokens: name}
}

// disable is what an administrator does to a user, JIN HO or MIN SU.
func disable(user string) step {
	return step{Told: scenario.Verb("disable", user), action: doDisable}.of(user)
}

// wait lets time go by. It costs none: the clock is that of testing/synctest.
func wait(d time.Duration) step { return step{Told: scenario.Wait(d)} }

// together does steps at the same time, like two tabs of a browser.
func together(steps ...step) step {
	var texts []any
	for _, s := range steps {
		texts = append(texts, s)
	}
	s := step{Told: scenario.Verb("together", texts...), action: doTogether, both: steps}
	if len(steps) < 2 {
		s.Told = s.Slip("it takes two to be together")
	}
	return s
}

// sameRefresh expects two pairs to have one and the same refresh token.
func sameRefresh(a, b string) step {
	s := step{Told: scenario.Verb("sameRefresh", a, b), action: doSameRefresh, tokens: a, bearer: b}
	if a == b {
		s.Told = s.Slip("a pair is always like itself; name two")
	}
	return s
}

// gives calls the pair that comes back name.
func (s step) gives(name string) step {
	s.newName = name
	s.Told = s.Gives(verbs{"logIn", "refresh"}, name)
	return s
}

// wrongKind sends the pair's refresh token where an access token
// belongs, and the reverse.
func (s step) wrongKind() step {
	s.swapped = true
	return s.and(verbs{"me", "refresh", "logOut", "logOutAll"}, "wrongKind")
}

// tampered sends the token with its signature changed.
func (s step) tampered() step {
	s.altered = true
	return s.and(verbs{"me", "refresh", "logOut", "logOutAll"}, "tampered")
}

// fails expects an error answer with the code.
func (s step) fails(code problem.Code) step {
	s.Told = s.Fails(verbs{"logIn", "me", "refresh", "logOut", "logOutAll"}, code)
	return s
}

// keepsCookie expects the answer to leave the browser's cookie alone.
func (s step) keepsCookie() step {
	s.keepCookie = true
	return s.and(verbs{"refresh", "logOut", "logOutAll"}, "keepsCookie")
}

func (s step) and(verbs []string, name string, args ...any) step {
	s.Told = s.And(verbs, name, args...)
	return s
}

func (s step) sends(name string, args ...any) step {
	again := s.with
	s.with = true
	s = s.and(verbs{"logOut"}, name, args...)
	if again {
		s.Told = s.Slip("a log-out is with the cookie only, with the bearer only or with another bearer")
	}
	return s
}

// persons are the two people of all scenarios.
func persons() []string { return []string{"JIN HO", "MIN SU"} }

// of says who it is. The implementations would each make something else of a name
// that a row has spelled another way.
func (s step) of(user string) step {
	s.user = user
	if user != "JIN HO" && user != "MIN SU" {
		s.Told = s.Slip("there is no person called %q; write one of %s", user, strings.Join(persons(), ", "))
	}
	return s
}
