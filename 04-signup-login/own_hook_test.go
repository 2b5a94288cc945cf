package accounts

import (
	"net/http"
	"testing"

	"example.com/authbook/internal/exercise/scenario"
)

// impostor is a right server with a flaw in front, as a middleware stands before a
// handler, and the row that unmasks it. The flaw answers one kind of request wrongly,
// and hands all others on. One that lets everybody in has this flaw:
//
//	func(right replies) replies {
//		return func(r request) answer {
//			if r.do == "POST /login" {
//				return answer{status: 200, body: `{"token":"…"}`}
//			}
//			return right(r)
//		}
//	}
type impostor struct {
	does string                      // what it does wrong: "it …"
	flaw func(right replies) replies // made anew for each story, with its variables
	row  story
}

// replies is how a server answers: a request goes in, and what the client sees comes
// out. Both are in server_test.go.
type replies func(request) answer

// repliesOf is how a handler answers.
func repliesOf(h http.Handler) replies { return func(r request) answer { return send(h, r) } }

func TestOwnImpostor(t *testing.T) {
	scenario.Own[*world]{
		Exercise: "4.14", Does: ownImpostor.does, Row: ownImpostor.row,
		Right:  func() *world { return newWorld(newModel("")) },
		Flawed: func() *world { return worldOf(scenario.InTurn(ownImpostor.flaw(repliesOf(newModel(""))))) },
		Tables: map[string][]story{
			"4.9": signUpScenarios, "4.10": logInScenarios, "4.11": accountScenarios,
		},
	}.Hold(t)
}
