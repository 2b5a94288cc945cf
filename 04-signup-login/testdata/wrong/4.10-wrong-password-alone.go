// Wrong: it tries a wrong password and an unknown name, once each.
//
// Hint: One try shows who compares the password. Some impostors
// need more: more tries, more time, other addresses, other passwords.
//
// Fails:
//   - TestLogInScenarios/unmasks/counts-each-spelling-apart
//   - TestLogInScenarios/unmasks/cuts-the-password-at-72-bytes
//   - TestLogInScenarios/unmasks/locks-the-owner-out-with-the-guesser
//   - TestLogInScenarios/unmasks/never-forgets-a-failure
//   - TestLogInScenarios/unmasks/never-throttles
//   - TestLogInScenarios/unmasks/throttles-only-names-that-exist
//   - TestLogInScenarios/unmasks/trims-the-password
//   - TestLogInScenarios/unmasks/waiting-starts-anew-with-each-attempt
package accounts

var logInScenarios = []story{
	tell("a wrong password and an unknown name get the same answer",
		signUp("JIN HO", "12341234", "Mentos"),
		logIn("JIN HO", "wrong-password").fails("INVALID_CREDENTIALS"),
		logIn("nobody", "12341234").fails("INVALID_CREDENTIALS"),
	),
}
