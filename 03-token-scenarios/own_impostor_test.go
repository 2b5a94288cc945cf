package tokens

// ownImpostor is an impostor that is on no list: a flaw that no row of the tables sees,
// and a row that does. A right server passes that row.
//
//workbook:exercise 3.13
var ownImpostor = impostor{
	does: "it ends a session by its access token alone: who closed the tab, and lost that token, stays logged in",
	flaw: func(right replies) replies {
		return func(c call) answer {
			if c.do == "logOut" && c.bearer == "" {
				return answer{cookie: cookieCleared}
			}
			return right(c)
		}
	},
	row: tell("the cookie alone logs out",
		logIn("a"), logOut("a").withCookieOnly(), refresh("a").fails("INVALID_TOKEN"),
	),
}
