// Wrong: the expired token is an hour old, so a server that is one second late
// goes unnoticed.
//
// Hint: One impostor is wrong in one single second. Find the first moment at
// which the token must be dead, and send it then.
//
// Fails:
//   - TestAccessScenarios/unmasks/one-second-late
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var accessScenarios = []scenario{
	{name: "an access token works until its last second", steps: []step{
		logIn("a"), wait(AccessTTL - time.Second), me("a"),
	}},
	{name: "and has expired an hour later", steps: []step{
		logIn("a"), wait(time.Hour), me("a").fails(problem.TokenExpired),
	}},
	{name: "a refresh token is no access token", steps: []step{
		logIn("a"), me("a").wrongKind().fails(problem.InvalidToken),
	}},
	{name: "a changed signature is noticed", steps: []step{
		logIn("a"), me("a").tampered().fails(problem.InvalidToken),
	}},
	{name: "two people stay two people", steps: []step{
		logIn("a"), logIn("b").as("MIN SU"), me("b"), me("a"),
	}},
}
