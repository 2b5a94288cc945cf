// Wrong: the stories end with the log-out's own answer, which is success
// whatever it did.
//
// Hint: A log-out always answers 204. The answer shows nothing, so ask a
// question after it that only a real log-out can answer.
//
// Fails:
//   - TestLogOutScenarios/unmasks/an-expired-token-cannot-log-out
//   - TestLogOutScenarios/unmasks/grants-the-grace-after-log-out
//   - TestLogOutScenarios/unmasks/log-out-all-ends-one-device
//   - TestLogOutScenarios/unmasks/log-out-all-ends-other-people
//   - TestLogOutScenarios/unmasks/log-out-believes-a-tampered-token
//   - TestLogOutScenarios/unmasks/log-out-does-nothing
//   - TestLogOutScenarios/unmasks/log-out-ends-every-device
//   - TestLogOutScenarios/unmasks/log-out-forgets-the-access-token
//   - TestLogOutScenarios/unmasks/log-out-forgets-the-refresh-token
//   - TestLogOutScenarios/unmasks/log-out-ignores-the-bearer
//   - TestLogOutScenarios/unmasks/log-out-stops-at-the-cookie
package tokens

var logOutScenarios = []story{
	tell("a log-out answers success, twice",
		logIn("a"), logOut("a"), logOut("a"),
	),
	tell("so does log out everywhere",
		logIn("a"), logOutAll("a"),
	),
	tell("an expired access token still logs out",
		logIn("a"), wait(AccessTTL), logOut("a").withBearerOnly(),
	),
	tell("a disabled user is out at once",
		logIn("a"), disable("JIN HO"), me("a").fails("INVALID_TOKEN"),
	),
	tell("and does not get back in by refreshing",
		logIn("a"), disable("JIN HO"), refresh("a").fails("INVALID_TOKEN"),
	),
}
