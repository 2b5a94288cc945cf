// Wrong: nobody but one person ever logs in, so a server that shows everybody
// the same account passes.
//
// Hint: One impostor answers with somebody else's account. How many people log
// in within one row of yours, and which of them do you ask?
//
// Fails:
//   - TestAccessScenarios/unmasks/mixes-users-up
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var accessScenarios = []scenario{
	{name: "an access token works until its last second", steps: []step{
		logIn("a"), wait(AccessTTL - time.Second), me("a"),
	}},
	{name: "and has expired in the next one", steps: []step{
		logIn("a"), wait(AccessTTL), me("a").fails(problem.TokenExpired),
	}},
	{name: "a refresh token is no access token", steps: []step{
		logIn("a"), me("a").wrongKind().fails(problem.InvalidToken),
	}},
	{name: "a changed signature is noticed", steps: []step{
		logIn("a"), me("a").tampered().fails(problem.InvalidToken),
	}},
	{name: "two devices", steps: []step{
		logIn("a"), logIn("b"), me("b"), me("a"),
	}},
}
