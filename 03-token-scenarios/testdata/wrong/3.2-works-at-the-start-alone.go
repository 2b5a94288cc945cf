// Wrong: the token is tried right after the log-in and never near its end.
//
// Hint: One impostor's token dies after a second. Your rows that expect success
// ask too early to notice.
//
// Fails:
//   - TestAccessScenarios/unmasks/lives-a-thousandth-of-its-time
package tokens

import "example.com/authbook/internal/problem"

var accessScenarios = []scenario{
	{name: "an access token works", steps: []step{
		logIn("a"), me("a"),
	}},
	{name: "and has expired after its time", steps: []step{
		logIn("a"), wait(AccessTTL), me("a").fails(problem.TokenExpired),
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
