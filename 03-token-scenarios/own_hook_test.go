package tokens

import (
	"testing"

	"example.com/authbook/internal/exercise/scenario"
)

// impostor is a right server with a flaw in front, and the row that unmasks it. One
// whose log-out does nothing has this flaw:
//
//	func(right replies) replies {
//		return func(c call) answer {
//			if c.do == "logOut" {
//				return answer{cookie: cookieCleared}
//			}
//			return right(c)
//		}
//	}
type impostor struct {
	does string                      // what it does wrong: "it …"
	flaw func(right replies) replies // made anew for each story, with its variables
	row  story
}

// replies is how a server answers: a call goes in, and what the client sees comes out.
type replies func(call) answer

// call is what a step sends. What it has no use for is empty:
//
//	call{do: "logIn", user: "JIN HO"}
//	call{do: "me", bearer: "…"}
//	call{do: "refresh", cookie: "…"}
//	call{do: "logOut", cookie: "…", bearer: "…"}
//	call{do: "logOutAll", bearer: "…"}
//	call{do: "disable", user: "JIN HO"}
type call struct{ do, user, cookie, bearer string }

func (f replies) logIn(user string) answer    { return f(call{do: "logIn", user: user}) }
func (f replies) me(bearer string) answer     { return f(call{do: "me", bearer: bearer}) }
func (f replies) refresh(token string) answer { return f(call{do: "refresh", cookie: token}) }
func (f replies) logOutAll(bearer string) answer {
	return f(call{do: "logOutAll", bearer: bearer})
}
func (f replies) disable(user string) { f(call{do: "disable", user: user}) }
func (f replies) logOut(cookie, bearer string) answer {
	return f(call{do: "logOut", cookie: cookie, bearer: bearer})
}

// repliesOf is how an implementation answers.
func repliesOf(i implementation) replies {
	return func(c call) (a answer) {
		switch c.do {
		case "logIn":
			return i.logIn(c.user)
		case "me":
			return i.me(c.bearer)
		case "refresh":
			return i.refresh(c.cookie)
		case "logOut":
			return i.logOut(c.cookie, c.bearer)
		case "logOutAll":
			return i.logOutAll(c.bearer)
		}
		i.disable(c.user)
		return a
	}
}

func TestOwnImpostor(t *testing.T) {
	right := func() *world { return newWorld(newModel("")()) }
	scenario.Own[*world]{
		Exercise: "3.13", Does: ownImpostor.does, Row: ownImpostor.row, Right: right,
		Flawed: func() *world { return newWorld(replies(scenario.InTurn(ownImpostor.flaw(repliesOf(newModel("")()))))) },
		Tables: map[string][]story{
			"3.2": accessScenarios, "3.5": rotationScenarios, "3.6": theftScenarios, "3.9": logOutScenarios,
		},
	}.Hold(t)
}
