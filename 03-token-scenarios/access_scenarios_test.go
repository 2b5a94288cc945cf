package tokens

import (
	"testing"
	"time"
)

// accessScenarios say what counts as an access token, whose it is, and for how long.
//
//workbook:exercise 3.2 TestAccessScenarios
var accessScenarios = []story{
	tell("an access token works until its last second",
		logIn("a"), wait(AccessTTL-time.Second), me("a"),
	),
	tell("and has expired in the next one",
		logIn("a"), wait(AccessTTL), me("a").fails("TOKEN_EXPIRED"),
	),
	tell("a refresh token is no access token",
		logIn("a"), me("a").wrongKind().fails("INVALID_TOKEN"),
	),
	tell("a changed signature is noticed",
		logIn("a"), me("a").tampered().fails("INVALID_TOKEN"),
	),
	tell("two people stay two people",
		logIn("a"), logIn("b").as("MIN SU"), me("b"), me("a"),
	),
}

func TestAccessScenarios(t *testing.T) {
	holdAgainst(t, "3.2", accessScenarios, accessImpostors)
}
