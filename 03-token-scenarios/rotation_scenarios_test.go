package tokens

import (
	"testing"
	"time"
)

const day = 24 * time.Hour

// rotationScenarios tell the ordinary life of a session: refreshed again and
// again, until one of its two limits.
//
//workbook:exercise 3.5 TestRotationScenarios
var rotationScenarios = []story{
	tell("each refresh gives the token for the next one",
		logIn("a"), refresh("a").gives("b"), wait(time.Hour), refresh("b").gives("c"), me("c"),
	),
	tell("a token that was exchanged is spent",
		logIn("a"), refresh("a").gives("b"), wait(time.Hour), refresh("a").fails("INVALID_TOKEN"),
	),
	tell("an access token does not refresh",
		logIn("a"), refresh("a").wrongKind().fails("INVALID_TOKEN"),
	),
	tell("a changed signature is noticed",
		logIn("a"), refresh("a").tampered().fails("INVALID_TOKEN"),
	),
	tell("two weeks without a refresh end the session",
		logIn("a"), wait(IdleLimit-time.Second), refresh("a").gives("b"),
		wait(IdleLimit), refresh("b").fails("TOKEN_EXPIRED"),
	),
	tell("a refresh starts the two weeks again, and thirty days end them",
		logIn("a"), wait(13*day), refresh("a").gives("b"), wait(13*day), refresh("b").gives("c"),
		wait(4*day-time.Second), refresh("c").gives("d"), wait(time.Second), refresh("d").fails("TOKEN_EXPIRED"),
	),
	tell("a refresh on one device leaves the other alone",
		logIn("phone"), logIn("laptop"), refresh("phone").gives("phone2"), me("laptop"),
	),
}

func TestRotationScenarios(t *testing.T) {
	holdAgainst(t, "3.5", rotationScenarios, rotationImpostors)
}
