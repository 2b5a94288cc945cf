// Wrong: nobody guesses often enough to meet the throttle.
//
// Hint: Five failures are free. What must happen at the seventh try, also with
// the right password? A request can be sent many times.
//
// Fails:
//   - TestLogInScenarios/unmasks/counts-each-spelling-apart
//   - TestLogInScenarios/unmasks/locks-the-owner-out-with-the-guesser
//   - TestLogInScenarios/unmasks/never-forgets-a-failure
//   - TestLogInScenarios/unmasks/never-throttles
//   - TestLogInScenarios/unmasks/throttles-only-names-that-exist
//   - TestLogInScenarios/unmasks/waiting-starts-anew-with-each-attempt
package accounts

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
}
