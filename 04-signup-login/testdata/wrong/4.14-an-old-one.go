// Wrong: the flaw is one that an impostor of 4.11 has.
//
// Hint: A row that you wrote for another impostor unmasks this one too, so it is not
// new. Look for a promise of the notes that none of your rows asks about.
//
// Fails:
//   - TestOwnImpostor/no_row_of_4.11_unmasks_it
package accounts

var ownImpostor = impostor{
	does: "it answers 204 to a new password, and keeps the old one",
	flaw: func(right replies) replies {
		return func(r request) answer {
			if r.do == "PUT /me/password" {
				return answer{status: 204}
			}
			return right(r)
		}
	},
	row: tell("a new password opens the door",
		signUp("JIN HO", "12341234", "Mentos"), logIn("JIN HO", "12341234").gives("me"),
		changePassword("me", "12341234", "a-new-password"), logIn("JIN HO", "a-new-password"),
	),
}
