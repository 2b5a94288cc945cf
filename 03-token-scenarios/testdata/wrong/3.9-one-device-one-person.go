// Wrong: one person with one device can't show what a log-out leaves alone.
//
// Hint: Each survivor ends too much or too little on other devices. Put a
// second device and a second person into the story, and ask them.
//
// Fails:
//   - TestLogOutScenarios/unmasks/log-out-all-ends-one-device
//   - TestLogOutScenarios/unmasks/log-out-all-ends-other-people
//   - TestLogOutScenarios/unmasks/log-out-ends-every-device
//   - TestLogOutScenarios/unmasks/log-out-stops-at-the-cookie
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
		logIn("a"), wait(AccessTTL), logOut("a").withBearerOnly(), refresh("a").fails(problem.InvalidToken),
	}},
	{name: "the cookie alone logs out", steps: []step{
		logIn("a"), logOut("a").withCookieOnly(), me("a").fails(problem.InvalidToken),
	}},
	{name: "tampered tokens log nobody out", steps: []step{
		logIn("a"), logOut("a").tampered(), me("a"),
	}},
	{name: "log out everywhere ends the session", steps: []step{
		logIn("a"), logOutAll("a"), me("a").fails(problem.InvalidToken),
	}},
	{name: "a disabled user is out at once", steps: []step{
		logIn("a"), disable("JIN HO"), me("a").fails(problem.InvalidToken),
	}},
	{name: "and does not get back in by refreshing", steps: []step{
		logIn("a"), disable("JIN HO"), refresh("a").fails(problem.InvalidToken),
	}},
}
