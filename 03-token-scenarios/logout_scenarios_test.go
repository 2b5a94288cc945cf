package tokens

import "testing"

// logOutScenarios say what ends a session, and what it leaves alone.
//
//workbook:exercise 3.9 TestLogOutScenarios
var logOutScenarios = []story{
	tell("nothing works after a log-out, and a second click does no harm",
		logIn("a"), logOut("a"), me("a").fails("INVALID_TOKEN"), refresh("a").fails("INVALID_TOKEN"), logOut("a"),
	),
	tell("not even the token that was in its grace",
		logIn("a"), refresh("a").gives("b"), logOut("b"), refresh("a").fails("INVALID_TOKEN"),
	),
	tell("an expired access token still logs out",
		logIn("a"), wait(AccessTTL), logOut("a").withBearerOnly(), refresh("a").fails("INVALID_TOKEN"),
	),
	tell("cookie and bearer of two sessions end both",
		logIn("a"), logIn("b"), logOut("a").withBearerOf("b"),
		me("a").fails("INVALID_TOKEN"), me("b").fails("INVALID_TOKEN"),
	),
	tell("a log-out ends one device",
		logIn("phone"), logIn("laptop"), logOut("phone").withCookieOnly(), me("laptop"), refresh("laptop").gives("laptop2"),
	),
	tell("tampered tokens log nobody out",
		logIn("a"), logOut("a").tampered(), me("a"),
	),
	tell("log out everywhere ends every device of one person",
		logIn("phone"), logIn("laptop"), logIn("other").as("MIN SU"), logOutAll("phone"),
		me("phone").fails("INVALID_TOKEN"), me("laptop").fails("INVALID_TOKEN"), me("other"),
	),
	tell("a disabled user is out at once",
		logIn("a"), disable("JIN HO"), me("a").fails("INVALID_TOKEN"),
	),
	tell("and does not get back in by refreshing",
		logIn("a"), disable("JIN HO"), refresh("a").fails("INVALID_TOKEN"),
	),
}

func TestLogOutScenarios(t *testing.T) {
	holdAgainst(t, "3.9", logOutScenarios, logOutImpostors)
}
