// Wrong: the only old token of the table is one generation old, so a grace for
// any old token goes unnoticed.
//
// Hint: One impostor forgives every old token within its half minute. How old
// can a token be that a lost response explains?
//
// Fails:
//   - TestTheftScenarios/unmasks/grants-the-grace-to-any-old-token
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
	{name: "a tampered token fails and ends nothing", steps: []step{
		logIn("a"), refresh("a").tampered().fails(problem.InvalidToken).keepsCookie(), refresh("a").gives("b"), me("b"),
	}},
}
