// Wrong: every refresh follows the log-in at once, so a grace that counts from
// the log-in looks right.
//
// Hint: One impostor starts its half minute at the wrong event. In your rows
// the two events lie too close together to tell.
//
// Fails:
//   - TestTheftScenarios/unmasks/counts-the-grace-from-the-log-in
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var theftScenarios = []scenario{
	{name: "a lost response is given again", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(Grace), refresh("a").gives("c"), sameRefresh("b", "c"),
	}},
	{name: "two tabs refresh together and stay together", steps: []step{
		logIn("a"), together(refresh("a").gives("b"), refresh("a").gives("c")), sameRefresh("b", "c"), me("b"), me("c"),
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
