// Wrong: it expects the old token to fail at once, but a correct server
// forgives it for half a minute.
//
// Hint: One row fails on the honest server, and nothing else counts before that
// is mended. Read what Grace is for, then let some time go by.
//
// Fails:
//   - TestRotationScenarios/reference/a_token_that_was_exchanged_is_spent
//   - TestRotationScenarios/unmasks/ends-other-devices-on-refresh
//   - TestRotationScenarios/unmasks/forgets-the-successor
//   - TestRotationScenarios/unmasks/has-no-absolute-limit
//   - TestRotationScenarios/unmasks/has-no-idle-limit
//   - TestRotationScenarios/unmasks/never-checks-the-refresh-token-signature
//   - TestRotationScenarios/unmasks/never-extends-the-session
//   - TestRotationScenarios/unmasks/never-rotates
//   - TestRotationScenarios/unmasks/takes-an-access-token-as-refresh-token
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var rotationScenarios = []scenario{
	{name: "each refresh gives the token for the next one", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(time.Hour), refresh("b").gives("c"), me("c"),
	}},
	{name: "a token that was exchanged is spent", steps: []step{
		logIn("a"), refresh("a").gives("b"), refresh("a").fails(problem.InvalidToken),
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
	{name: "a refresh starts the two weeks again, and thirty days end them", steps: []step{
		logIn("a"), wait(13 * day), refresh("a").gives("b"), wait(13 * day), refresh("b").gives("c"),
		wait(4 * day), refresh("c").fails(problem.TokenExpired),
	}},
	{name: "a refresh on one device leaves the other alone", steps: []step{
		logIn("phone"), logIn("laptop"), refresh("phone").gives("phone2"), me("laptop"),
	}},
}
