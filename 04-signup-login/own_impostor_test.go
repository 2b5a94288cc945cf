package accounts

import "strconv"

// ownImpostor is an impostor that is on no list: a flaw that no row of the tables sees,
// and a row that does. A right server passes that row.
//
//workbook:exercise 4.14
var ownImpostor = impostor{
	does: "it counts wrong passwords at the log-in alone: who has a token guesses at PUT /me/password without end",
	flaw: func(right replies) replies {
		guesses := 0
		return func(r request) answer {
			if r.do == "PUT /me/password" {
				guesses++
				r.from = "198.51.100." + strconv.Itoa(guesses)
			}
			return right(r)
		}
	},
	row: tell("a guesser with a token must wait too",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("stolen"),
		changePassword("stolen", "wrong-password", "a-new-password").times(6).fails("INVALID_CREDENTIALS"),
		changePassword("stolen", "12341234", "a-new-password").fails("TOO_MANY_REQUESTS"),
	),
}
