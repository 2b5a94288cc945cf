// Wrong: after the log-out only the access token is tried, and the refresh
// token gets the next one.
//
// Hint: A session has two tokens. After the log-out your rows try one of them:
// what could somebody do with the other?
//
// Fails:
//   - TestLogOutScenarios/unmasks/an-expired-token-cannot-log-out
//   - TestLogOutScenarios/unmasks/grants-the-grace-after-log-out
//   - TestLogOutScenarios/unmasks/log-out-forgets-the-refresh-token
package tokens

import "example.com/authbook/internal/problem"

var logOutScenarios = []scenario{
	{name: "a log-out ends the access token, and a second click does no harm", steps: []step{
		logIn("a"), logOut("a"), me("a").fails(problem.InvalidToken), logOut("a"),
	}},
	{name: "an expired access token still logs out", steps: []step{
		logIn("a"), wait(AccessTTL), logOut("a").withBearerOnly(), me("a").fails(problem.TokenExpired),
	}},
	{name: "cookie and bearer of two sessions end both", steps: []step{
		logIn("a"), logIn("b"), logOut("a").withBearerOf("b"),
		me("a").fails(problem.InvalidToken), me("b").fails(problem.InvalidToken),
	}},
	{name: "a log-out ends one device", steps: []step{
		logIn("phone"), logIn("laptop"), logOut("phone").withCookieOnly(), me("laptop"), refresh("laptop").gives("laptop2"),
	}},
	{name: "tampered tokens log nobody out", steps: []step{
		logIn("a"), logOut("a").tampered(), me("a"),
	}},
	{name: "log out everywhere ends every device of one person", steps: []step{
		logIn("phone"), logIn("laptop"), logIn("other").as("MIN SU"), logOutAll("phone"),
		me("phone").fails(problem.InvalidToken), me("laptop").fails(problem.InvalidToken), me("other"),
	}},
	{name: "a disabled user is out at once", steps: []step{
		logIn("a"), disable("JIN HO"), me("a").fails(problem.InvalidToken),
	}},
	{name: "and does not get back in by refreshing", steps: []step{
		logIn("a"), disable("JIN HO"), refresh("a").fails(problem.InvalidToken),
	}},
}
