package tokens

import (
	"testing"
	"time"
)

// theftScenarios tell a lost response from a stolen token.
//
//workbook:exercise 3.6 TestTheftScenarios
var theftScenarios = []story{
	tell("a lost response is given again",
		logIn("a"), wait(time.Hour), refresh("a").gives("b"), wait(Grace), refresh("a").gives("c"), sameRefresh("b", "c"),
	),
	tell("two tabs refresh together and stay together",
		logIn("a"), together(refresh("a").gives("b"), refresh("a").gives("c")), sameRefresh("b", "c"), me("b"), me("c"),
	),
	tell("after the grace the old token ends the session, also for the holder of the new one",
		logIn("a"), refresh("a").gives("b"), wait(Grace+time.Second),
		refresh("a").fails("INVALID_TOKEN"), me("b").fails("INVALID_TOKEN"),
		refresh("b").fails("INVALID_TOKEN"),
	),
	tell("two generations old is a copy, even within the grace",
		logIn("a"), refresh("a").gives("b"), refresh("b").gives("c"),
		refresh("a").fails("INVALID_TOKEN"), me("c").fails("INVALID_TOKEN"),
	),
	tell("a tampered token fails and ends nothing",
		logIn("a"), refresh("a").tampered().fails("INVALID_TOKEN").keepsCookie(), refresh("a").gives("b"), me("b"),
	),
}

func TestTheftScenarios(t *testing.T) {
	holdAgainst(t, "3.6", theftScenarios, theftImpostors)
}
