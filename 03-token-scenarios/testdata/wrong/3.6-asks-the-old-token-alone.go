// Wrong: the old token is refused and the story ends, so nobody sees that the
// thief stays logged in.
//
// Hint: After the refusal, think of the other person who holds tokens of this
// session. Which token does that person have, and what must happen to it?
//
// Fails:
//   - TestTheftScenarios/unmasks/refuses-the-old-token-but-keeps-the-session
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
	{name: "after the grace the old token is refused", steps: []step{
		logIn("a"), refresh("a").gives("b"), wait(Grace + time.Second), refresh("a").fails(problem.InvalidToken),
	}},
	{name: "two generations old is refused, even within the grace", steps: []step{
		logIn("a"), refresh("a").gives("b"), refresh("b").gives("c"), refresh("a").fails(problem.InvalidToken),
	}},
	{name: "a tampered token fails and ends nothing", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken).keepsCookie(), refresh("a").gives("b"), me("b"),
	}},
}
