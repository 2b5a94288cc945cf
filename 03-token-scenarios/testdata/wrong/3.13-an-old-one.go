// Wrong: the flaw is one that an impostor of 3.2 has.
//
// Hint: A row that you wrote for another impostor unmasks this one too, so it is not
// new. Look for a promise of the notes that none of your rows asks about.
//
// Fails:
//   - TestOwnImpostor/no_row_of_3.2_unmasks_it
package tokens

var ownImpostor = impostor{
	does: "it calls an expired access token invalid",
	flaw: func(right replies) replies {
		return func(c call) answer {
			a := right(c)
			if c.do == "me" && a.code == "TOKEN_EXPIRED" {
				a.code = "INVALID_TOKEN"
			}
			return a
		}
	},
	row: tell("an expired token is called expired",
		logIn("a"), wait(AccessTTL), me("a").fails("TOKEN_EXPIRED"),
	),
}
