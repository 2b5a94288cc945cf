// Wrong: each story refreshes once, so nobody learns whether the new refresh
// token was ever stored.
//
// Hint: No row of yours shows that a new refresh token is good for the next
// refresh. Which request shows it, right away and weeks later?
//
// Fails:
//   - TestRotationScenarios/unmasks/forgets-the-successor
//   - TestRotationScenarios/unmasks/has-no-absolute-limit
//   - TestRotationScenarios/unmasks/never-extends-the-session
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var rotationScenarios = []scenario{
	{name: "a refresh gives a new pair", steps: []step{
		logIn("a"), refresh("a").gives("b"), me("b"),
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
	{name: "a refresh on one device leaves the other alone", steps: []step{
		logIn("phone"), logIn("laptop"), refresh("phone").gives("phone2"), me("laptop"),
	}},
}
