package accounts

import (
	"testing"
	"time"
)

// logInScenarios says what POST /login must do: for the right password, for the
// wrong one, for the name that does not exist, and for the one who keeps on
// guessing.
//
//workbook:exercise 4.10 TestLogInScenarios
var logInScenarios = []story{
	tell("a wrong password and an unknown name get the same answer",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").fails("INVALID_CREDENTIALS"),
		logIn("nobody", "12341234").fails("INVALID_CREDENTIALS"),
	),
	tell("the whole password counts: 25 syllables and one more are another password",
		signUp("JIN HO", "가나다라마바사아자차카타파하가나다라마바사아자차카", "Mentos"),
		logIn("JIN HO", "가나다라마바사아자차카타파하가나다라마바사아자차카!").fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "가나다라마바사아자차카타파하가나다라마바사아자차카"),
	),
	tell("spaces at the ends belong to the password",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", " 12341234 ").fails("INVALID_CREDENTIALS"),
	),
	tell("after six failures guessing must wait, asking does not make it longer, then it is over",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").times(6).fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "12341234").times(3).fails("TOO_MANY_REQUESTS"),
		wait(time.Second),
		logIn("JIN HO", "12341234"),
	),
	tell("an unknown name is throttled like a known one",
		logIn("nobody", "12341234").times(6).fails("INVALID_CREDENTIALS"),
		logIn("nobody", "12341234").fails("TOO_MANY_REQUESTS"),
	),
	tell("another spelling of the name brings no new guesses",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").times(5).fails("INVALID_CREDENTIALS"),
		logIn("jin ho", "wrong-password").fails("INVALID_CREDENTIALS"),
		logIn("Jin Ho", "wrong-password").fails("TOO_MANY_REQUESTS"),
	),
	tell("a guesser elsewhere does not lock the owner out",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").from("198.51.100.7").times(6).fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "12341234").from("203.0.113.9"),
	),
	tell("after the right password five guesses are free again",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").times(5).fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "12341234"),
		logIn("JIN HO", "wrong-password").times(5).fails("INVALID_CREDENTIALS"),
		logIn("JIN HO", "12341234"),
		logIn("JIN HO", "wrong-password").times(2).fails("INVALID_CREDENTIALS"),
	),
}

func TestLogInScenarios(t *testing.T) {
	holdAgainst(t, "4.10", logInScenarios, logInImpostors)
}
