// Wrong: both tabs get a pair, and nobody asks whether it is the same one.
//
// Hint: Two tabs may refresh together. Count the refresh tokens that are good
// afterwards: a thief would like to own one of two.
//
// Fails:
//   - TestTheftScenarios/unmasks/gives-a-second-successor
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var theftScenarios = []scenario{
	{name: "a lost response is given again", steps: []step{
		logIn("a"), wait(time.Hour), refresh("a").gives("b"), wait(Grace), refresh("a").gives("c"), me("c"),
	}},
	{name: "two tabs refresh together", steps: []step{
		logIn("a"), together(refresh("a").gives("b"), refresh("a").gives("c")), me("b"), me("c"),
	}},
	{name: "after the grace the old token ends the session, for whoever holds the new one", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(Grace + time.Second),
		refresh("a").fails(problem.InvalidToken), me("b").fails(problem.InvalidToken), refresh("b").fails(problem.InvalidToken),
	}},
	{name: "two generations old is a copy, even within the grace", steps: []step{
		logIn("a"), refresh("a").gives("b"), refresh("b").gives("c"),
		refresh("a").fails(problem.InvalidToken), me("c").fails(problem.InvalidToken),
	}},
	{name: "a tampered token fails and ends nothing", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken).keepsCookie(), refresh("a").gives("b"), me("b"),
	}},
}
