package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/problem"
)

// theftScenarios tell a lost response from a stolen token.
//
//workbook:exercise 3.6 TestTheftScenarios
var theftScenarios = []scenario{
	{name: "a lost response is given again", steps: []step{
		logIn("a"), wait(time.Hour), refresh("a").gives("b"), wait(Grace), refresh("a").gives("c"), sameRefresh("b", "c"),
	}},
	{name: "two tabs refresh together and stay together", steps: []step{
		logIn("a"), together(refresh("a").gives("b"), refresh("a").gives("c")), sameRefresh("b", "c"), me("b"), me("c"),
	}},
	{name: "after the grace the old token ends the session, also for the holder of the new one", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(Grace + time.Second),
		refresh("a").fails(problem.InvalidToken), me("b").fails(problem.InvalidToken),
		refresh("b").fails(problem.InvalidToken),
	}},
	{name: "two generations old is a copy, even within the grace", steps: []step{
		logIn("a"), refresh("a").gives("b"), refresh("b").gives("c"),
		refresh("a").fails(problem.InvalidToken), me("c").fails(problem.InvalidToken),
	}},
	{name: "a tampered token fails and ends nothing", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken).keepsCookie(), refresh("a").gives("b"), me("b"),
	}},
}

func TestTheftScenarios(t *testing.T) {
	holdAgainst(t, "3.6", theftScenarios, theftImpostors)
}
