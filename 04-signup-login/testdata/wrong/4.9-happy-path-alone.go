// Wrong: only the sample is told, and everything about it works.
//
// Hint: A story of success unmasks the servers that fail at the sample. The
// others are wrong only when somebody asks for what is not allowed. What should sign-up
// refuse?
//
// Fails:
//   - TestSignUpScenarios/unmasks/answers-500-to-a-taken-name
//   - TestSignUpScenarios/unmasks/calls-every-bad-request-a-taken-name
//   - TestSignUpScenarios/unmasks/counts-bytes-for-characters
//   - TestSignUpScenarios/unmasks/looks-first-inserts-later
//   - TestSignUpScenarios/unmasks/saves-before-it-validates
//   - TestSignUpScenarios/unmasks/takes-any-password
//   - TestSignUpScenarios/unmasks/takes-case-for-another-person
//   - TestSignUpScenarios/unmasks/takes-seven-characters
//   - TestSignUpScenarios/unmasks/takes-the-role-from-the-client
package accounts

var signUpScenarios = []story{
	tell("the course's example signs up, logs in and sees itself",
		signUp("JIN HO", "12341234", "Mentos").answers(sampleUser),
		logIn("JIN HO", "12341234").gives("me"),
		me("me").answers(sampleUser),
	),
}
