package accounts

import "testing"

// accountScenarios says what must be true after a password, a role or a whole
// account has changed. "204" is a claim; the next request shows whether it is
// true.
//
//workbook:exercise 4.11 TestAccountScenarios
var accountScenarios = []story{
	tell("a new password replaces the old one and ends the other sessions",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("laptop"),
		logIn("JIN HO", "12341234").gives("phone"),
		changePassword("phone", "12341234", "a-new-password"),
		logIn("JIN HO", "12341234").fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "a-new-password"),
		me("phone"),
		me("laptop").fails("INVALID_TOKEN"),
	),
	tell("a stolen token alone changes and deletes nothing",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("stolen"),
		changePassword("stolen", "wrong-password", "a-new-password").fails("INVALID_CREDENTIALS"),
		deleteMe("stolen", "wrong-password").fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "12341234"),
	),
	tell("a deleted account can't log in and its token is dead",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("me"),
		deleteMe("me", "12341234"),
		logIn("JIN HO", "12341234").fails("INVALID_CREDENTIALS"),
		me("me").fails("INVALID_TOKEN"),
	),
	tell("new roles show on the user's next request",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("jin"),
		logIn("root", "root-password").gives("root"),
		setRoles("root", "JIN HO", "USER", "ADMIN"),
		me("jin").answers(`{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"ADMIN"},{"role":"USER"}]}`),
	),
	tell("who is no administrator sets no roles",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "12341234").gives("jin"),
		setRoles("jin", "JIN HO", "ADMIN").fails("ACCESS_DENIED"),
		setRoles(noToken, "JIN HO", "ADMIN").fails("TOKEN_NOT_FOUND"),
		me("jin").answers(sampleUser),
	),
	tell("a role that does not exist is refused",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("root", "root-password").gives("root"),
		setRoles("root", "JIN HO", "ROOT").fails("VALIDATION_FAILED"),
	),
	tell("the last administrator stays one",
		logIn("root", "root-password").gives("root"),
		setRoles("root", "root", "USER").fails("LAST_ADMIN"),
		deleteMe("root", "root-password").fails("LAST_ADMIN"),
	),
}

func TestAccountScenarios(t *testing.T) {
	holdAgainst(t, "4.11", accountScenarios, accountImpostors)
}
