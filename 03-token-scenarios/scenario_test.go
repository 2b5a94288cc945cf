package tokens

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/problem"
)

// A scenario is a story that must come true on any correct server: somebody
// logs in, time goes by, somebody refreshes. It is data. play tells it to an
// implementation and says where the story breaks.
type scenario struct {
	name  string
	steps []step
}

// A step is one request, or something else that happens. The functions below
// make steps. Without more, a step expects success:
//
//	logIn("a")                          // the tokens of this log-in are called a
//	me("a")                             // a's access token says who is logged in
//	refresh("a").gives("b")             // a's refresh token works; the new pair is b
//	wait(time.Hour)                     // which costs the test nothing
//	me("b").fails(problem.TokenExpired) // b's access token is too old now
type step struct {
	text   string   // as the table has it, for messages
	said   []string // the names of what was added behind the verb
	action action
	tokens string // the pair whose token is sent
	bearer string // for logOut: the pair whose access token is sent
	user   string // for logIn and disable
	pause  time.Duration
	both   []step // for together

	swapped bool // send the pair's other token
	altered bool // send it with its signature changed

	newName    string // what to call the pair that comes back
	code       problem.Code
	keepCookie bool
}

// action is what a step does. It answers what the client saw, or an error if
// the step itself makes no sense.
type action func(*world, step) (answer, error)

// logIn opens a session for JIN HO and calls its pair of tokens name.
func logIn(name string) step {
	return step{text: fmt.Sprintf("logIn(%q)", name), action: doLogIn, user: "JIN HO", newName: name}
}

// as makes it MIN SU who logs in. JIN HO and MIN SU are all the people there
// are, and a name is written just so.
func (s step) as(user string) step {
	s.user = user
	return s.says(".as(%q)", user)
}

// me asks with the pair's access token who is logged in. It expects the person
// whose log-in the pair comes from.
func me(name string) step {
	return step{text: fmt.Sprintf("me(%q)", name), action: doMe, tokens: name}
}

// refresh sends the pair's refresh token to /refresh.
func refresh(name string) step {
	return step{text: fmt.Sprintf("refresh(%q)", name), action: doRefresh, tokens: name}
}

// logOut sends both tokens of the pair to /logout, as a browser does.
func logOut(name string) step {
	return step{text: fmt.Sprintf("logOut(%q)", name), action: doLogOut, tokens: name, bearer: name}
}

// withCookieOnly leaves the access token out of a logOut.
func (s step) withCookieOnly() step {
	s.bearer = ""
	return s.says(".withCookieOnly()")
}

// withBearerOnly leaves the refresh token out of a logOut.
func (s step) withBearerOnly() step {
	s.tokens = ""
	return s.says(".withBearerOnly()")
}

// withBearerOf makes logOut send another pair's access token beside the cookie.
func (s step) withBearerOf(name string) step {
	s.bearer = name
	return s.says(".withBearerOf(%q)", name)
}

// logOutAll sends the pair's access token to /logout/all.
func logOutAll(name string) step {
	return step{text: fmt.Sprintf("logOutAll(%q)", name), action: doLogOutAll, tokens: name}
}

// disable is what an administrator does to a user, JIN HO or MIN SU.
func disable(user string) step {
	return step{text: fmt.Sprintf("disable(%q)", user), action: doDisable, user: user}
}

// wait lets time go by. It costs none: the clock is that of testing/synctest.
func wait(d time.Duration) step {
	return step{text: fmt.Sprintf("wait(%v)", d), action: doWait, pause: d}
}

// together does steps at the same time, like two tabs of a browser.
func together(steps ...step) step {
	var texts []string
	for _, s := range steps {
		texts = append(texts, s.text)
	}
	return step{text: "together(" + strings.Join(texts, ", ") + ")", action: doTogether, both: steps}
}

// sameRefresh expects two pairs to have one and the same refresh token.
func sameRefresh(a, b string) step {
	return step{text: fmt.Sprintf("sameRefresh(%q, %q)", a, b), action: doSameRefresh, tokens: a, bearer: b}
}

// gives calls the pair that comes back name.
func (s step) gives(name string) step {
	s.newName = name
	return s.says(".gives(%q)", name)
}

// wrongKind sends the pair's refresh token where an access token
// belongs, and the reverse.
func (s step) wrongKind() step {
	s.swapped = true
	return s.says(".wrongKind()")
}

// tampered sends the token with its signature changed.
func (s step) tampered() step {
	s.altered = true
	return s.says(".tampered()")
}

// fails expects an error answer with the code.
func (s step) fails(code problem.Code) step {
	s.code = code
	return s.says(".fails(%s)", code)
}

// keepsCookie expects the answer to leave the browser's cookie alone.
func (s step) keepsCookie() step {
	s.keepCookie = true
	return s.says(".keepsCookie()")
}

func (s step) says(format string, args ...any) step {
	s.text += fmt.Sprintf(format, args...)
	name, _, _ := strings.Cut(strings.TrimPrefix(format, "."), "(")
	s.said = append(slices.Clone(s.said), name)
	return s
}
