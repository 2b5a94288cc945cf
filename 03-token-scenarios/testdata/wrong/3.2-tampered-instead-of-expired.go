// Wrong: the row for an expired token changes the token's signature, so it
// tests the signature and no clock.
//
// Hint: The impostors that are left get the end of a token wrong. Have you a
// row for an expired token, and does time go by in it?
//
// Fails:
//   - TestAccessScenarios/unmasks/calls-an-expired-token-invalid
//   - TestAccessScenarios/unmasks/lives-a-thousand-times-too-long
//   - TestAccessScenarios/unmasks/never-expires
//   - TestAccessScenarios/unmasks/one-second-late
//   - TestAccessScenarios/unmasks/renews-an-expired-access-token
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var accessScenarios = []scenario{
	{name: "an access token works until its last second", steps: []step{
		logIn("a"), wait(AccessTTL - time.Second), me("a"),
	}},
	{name: "an expired token is refused", steps: []step{
		logIn("a"), me("a").tampered().fails(problem.InvalidToken),
	}},
	{name: "a refresh token is no access token", steps: []step{
		logIn("a"), me("a").wrongKind().fails(problem.InvalidToken),
	}},
	{name: "two people stay two people", steps: []step{
		logIn("a"), logIn("b").as("MIN SU"), me("b"), me("a"),
	}},
}
