// Wrong: the expired access token goes out together with the cookie, and the
// cookie does the work.
//
// Hint: One impostor logs nobody out by an expired access token. Which row of
// yours sends such a token, and no other? A plain logOut sends both of a pair,
// and only time makes one expire.
//
// Fails:
//   - TestLogOutScenarios/unmasks/an-expired-token-cannot-log-out
package tokens

import "example.com/authbook/internal/problem"

var logOutScenarios = []scenario{
	{name: "nothing works after a log-out, and a second click does no harm", steps: []step{
		logIn("a"), logOut("a"), me("a").fails(problem.InvalidToken), refresh("a").fails(problem.InvalidToken), logOut("a"),
	}},
	{name: "not even the token that was in its grace", steps: []step{
		logIn("a"), refresh("a").gives("b"), logOut("b"), refresh("a").fails(problem.InvalidToken),
	}},
	{name: "an expired access token still logs out", steps: []step{
		logIn("a"), wait(AccessTTL), logOut("a"), refresh("a").fails(problem.InvalidToken),
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
