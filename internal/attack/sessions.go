package attack

import "example.com/authbook/internal/text"

// refreshRefused is how the reference answers a refresh token that counts no more.
const refreshRefused = "POST /refresh 401 INVALID_TOKEN"

// ofSessions are the attacks of chapter 03.
func ofSessions() []Attack {
	return []Attack{loggedOut(), refreshAsAccess(), replayed(), logOutIsNone()}
}

func loggedOut() Attack {
	return Attack{
		Exercise: "3.4", Name: "logged-out", Flaw: "03-token-scenarios/testdata/wrong/3.4-trusts-the-signature.diff",
		Story: "JIN HO used a computer in a library, and logged out before leaving. The server has ended the session. " +
			"You sit down next. The access token is still in the browser's memory, five minutes old.",
		Known: []Known{{"ended-token", "the access token that was left behind"}},
		Hints: []text.Key{
			"Read the token with inspect. Until when is it valid?",
			"A log-out changes the session and not the token. Who looks at the session?",
			"Send it as it is: -H \"Authorization: Bearer $T\"",
		},
		Held: Held{Answer: invalid},
		Case: "The test looked whether a map has the token, and never called a route with it. The token opened every door.",
	}
}

func refreshAsAccess() Attack {
	return Attack{
		Exercise: "3.4", Name: "refresh-as-access", Flaw: "flaws/refresh-as-access.diff",
		Story: "A refresh token is good for one thing: the next pair of tokens. A month-old backup of JIN HO's phone has " +
			"one. It was used long ago, so /refresh would call it theft and end the session. You need another door.",
		Known: []Known{{"spent-cookie", "the refresh token of the backup"}},
		Hints: []text.Key{
			"Do not send it to /refresh: that ends the session, and you begin again.",
			"Every token of this server is signed. Does GET /me ask which kind it got?",
			"Send it where an access token belongs: -H \"Authorization: Bearer $T\"",
		},
		Held: Held{Answer: invalid},
		Case: "Five of thirteen submissions, and several servers of the course, took a refresh token for an access token.",
	}
}

func replayed() Attack {
	return Attack{
		Exercise: "3.7", Name: "replayed", Flaw: "03-token-scenarios/testdata/wrong/3.7-grace-for-any-old-token.diff",
		Story: "A refresh token is used once. If an answer is lost, the same token may come again for half a minute. " +
			"You have an old one of JIN HO, from four refreshes ago. JIN HO is online and refreshes all the time.",
		Known: []Known{{"spent-cookie", "a refresh token that JIN HO used long ago"}},
		Hints: []text.Key{
			"The half minute begins with the last refresh. Whose refresh was the last one?",
			"The server asks how long ago that was, and not which token you bring. Send yours to POST /refresh.",
			"curl -X POST -b refresh=$C …/refresh answers a token. Send that to GET /me.",
		},
		Held: Held{Answer: refreshRefused},
		Case: "RFC 9700 section 4.14 asks for this check, since copies of refresh tokens turn up in backups and logs.",
	}
}

func logOutIsNone() Attack {
	return Attack{
		Exercise: "3.10", Name: "log-out",
		Flaw: "03-token-scenarios/testdata/wrong/3.10-behind-the-bearer-check.diff",
		Story: "JIN HO's laptop was stolen at noon, and JIN HO logged out of it at once: the browser sent its cookie to " +
			"/logout and was answered 204. You have the laptop, and a copy of the cookie from the morning.",
		Known: []Known{{"ended-cookie", "the refresh token in the copy"}},
		Hints: []text.Key{
			"204 says that the server is done. It does not say what it did.",
			"The log-out looked at the access token alone, and the browser sent a cookie. What is the cookie still good for?",
			"curl -X POST -b refresh=$C …/refresh answers a token. Send that to GET /me.",
		},
		Held: Held{Answer: refreshRefused},
		Case: "Eleven of thirteen submissions: a refresh token that was logged out still refreshed.",
	}
}
