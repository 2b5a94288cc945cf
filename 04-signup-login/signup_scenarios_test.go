package accounts

import "testing"

// signUpScenarios says what POST /signup must do. Sign up, then look with a
// second request whether it is true.
//
//workbook:exercise 4.9 TestSignUpScenarios
var signUpScenarios = []story{
	tell("the course's example signs up, logs in and sees itself",
		signUp("JIN HO", "12341234", "Mentos").answers(sampleUser),
		logIn("JIN HO", "12341234").gives("me"),
		me("me").answers(sampleUser),
	),
	tell("a taken name is refused and the first owner keeps it",
		signUp("JIN HO", "12341234", "Mentos"),
		signUp("jin ho", "another-one", "X").fails("USER_ALREADY_EXISTS"),
		logIn("JIN HO", "12341234"),
	),
	tell("of twenty sign-ups of one name at once, one wins",
		signUp("JIN HO", "12341234", "Mentos").atOnce(20),
		logIn("JIN HO", "12341234"),
	),
	tell("a role from the client is refused and nobody is stored",
		signUp("JIN HO", "12341234", "Mentos").with("role", "ADMIN").fails("VALIDATION_FAILED"),
		signUp("JIN HO", "12341234", "Mentos").with("roles", []string{"ADMIN"}).fails("VALIDATION_FAILED"),
		logIn("JIN HO", "12341234").fails("INVALID_CREDENTIALS"),
	),
	tell("a refused nickname leaves no user behind",
		signUp("JIN HO", "12341234", "").fails("VALIDATION_FAILED"),
		signUp("JIN HO", "12341234", "Mentos"),
	),
	tell("a password of seven characters is too short",
		signUp("JIN HO", "1234567", "Mentos").fails("VALIDATION_FAILED"),
	),
	tell("a password is counted in characters, not bytes",
		signUp("JIN HO", "비밀번호", "Mentos").fails("VALIDATION_FAILED"),
	),
}

func TestSignUpScenarios(t *testing.T) {
	holdAgainst(t, "4.9", signUpScenarios, signUpImpostors)
}
