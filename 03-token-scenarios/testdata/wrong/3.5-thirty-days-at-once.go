// Wrong: the story waits for thirty days in one go, which the two weeks end
// already.
//
// Hint: One impostor lacks the second of two limits. A row that waits thirty
// days in one go is stopped by the first. How does a session get older than two
// weeks at all?
//
// Fails:
//   - TestRotationScenarios/unmasks/has-no-absolute-limit
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var rotationScenarios = []scenario{
	{name: "each refresh gives the token for the next one", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(13 * day), refresh("b").gives("c"), wait(13 * day), refresh("c").gives("d"), me("d"),
	}},
	{name: "a token that was exchanged is spent", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(time.Hour), refresh("a").fails(problem.InvalidToken),
	}},
	{name: "an access token does not refresh", steps: []step{
		logIn("a"), refresh("a").wrongKind().fails(problem.InvalidToken),
	}},
	{name: "a changed signature is noticed", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken),
	}},
	{name: "two weeks without a refresh end the session", steps: []step{
		logIn("a"), wait(IdleLimit), refresh("a").fails(problem.TokenExpired),
	}},
	{name: "thirty days end it in any case", steps: []step{
		logIn("a"), wait(AbsoluteLimit), refresh("a").fails(problem.TokenExpired),
	}},
	{name: "a refresh on one device leaves the other alone", steps: []step{
		logIn("phone"), logIn("laptop"), refresh("phone").gives("phone2"), me("laptop"),
	}},
}
