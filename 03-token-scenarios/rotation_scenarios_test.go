package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/problem"
)

const day = 24 * time.Hour

// rotationScenarios tell the ordinary life of a session: refreshed again and
// again, until one of its two limits.
//
//workbook:exercise 3.5 TestRotationScenarios
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
		logIn("a"), wait(IdleLimit - time.Second), refresh("a").gives("b"),
		wait(IdleLimit), refresh("b").fails(problem.TokenExpired),
	}},
	{name: "a refresh starts the two weeks again, and thirty days end them", steps: []step{
		logIn("a"), wait(13 * day), refresh("a").gives("b"), wait(13 * day), refresh("b").gives("c"),
		wait(4*day - time.Second), refresh("c").gives("d"), wait(time.Second), refresh("d").fails(problem.TokenExpired),
	}},
	{name: "a refresh on one device leaves the other alone", steps: []step{
		logIn("phone"), logIn("laptop"), refresh("phone").gives("phone2"), me("laptop"),
	}},
}

func TestRotationScenarios(t *testing.T) {
	holdAgainst(t, "3.5", rotationScenarios, rotationImpostors)
}
