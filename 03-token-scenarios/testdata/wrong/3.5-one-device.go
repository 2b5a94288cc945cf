// Wrong: the person has one device, so a refresh that ends every other session
// looks fine.
//
// Hint: One impostor keeps a single session per person. Give the person a phone
// and a laptop, and ask the one that did nothing.
//
// Fails:
//   - TestRotationScenarios/unmasks/ends-other-devices-on-refresh
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
	{name: "a refresh starts the two weeks again, and thirty days end them", steps: []step{
		logIn("a"), wait(13 * day), refresh("a").gives("b"), wait(13 * day), refresh("b").gives("c"),
		wait(4 * day), refresh("c").fails(problem.TokenExpired),
	}},
}
