// Wrong: a tampered token is refused, and nobody looks at what the refusal did
// to the owner.
//
// Hint: A refusal can do harm: to the session, and to the browser's cookie.
// Which row of yours sends a tampered token and then looks at both?
//
// Fails:
//   - TestTheftScenarios/unmasks/clears-the-cookie-when-a-refresh-fails
//   - TestTheftScenarios/unmasks/ends-the-session-on-a-tampered-token
package tokens

import (
	"time"

	"example.com/authbook/internal/problem"
)

var theftScenarios = []scenario{
	{name: "a lost response is given again", steps: []step{
		logIn("a"), wait(time.Hour), refresh("a").gives("b"), wait(Grace), refresh("a").gives("c"), sameRefresh("b", "c"),
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
	{name: "a tampered token fails", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken),
	}},
}
