// Wrong: the table shows that an access token works and never that one stops
// working.
//
// Hint: A server that takes access tokens of any age, kind and signature passes
// your table. Which of them must it refuse?
//
// Fails:
//   - TestAccessScenarios/unmasks/calls-an-expired-token-invalid
//   - TestAccessScenarios/unmasks/lives-a-thousand-times-too-long
//   - TestAccessScenarios/unmasks/lives-a-thousandth-of-its-time
//   - TestAccessScenarios/unmasks/mixes-users-up
//   - TestAccessScenarios/unmasks/never-checks-the-access-token-signature
//   - TestAccessScenarios/unmasks/never-expires
//   - TestAccessScenarios/unmasks/one-second-early
//   - TestAccessScenarios/unmasks/one-second-late
//   - TestAccessScenarios/unmasks/renews-an-expired-access-token
//   - TestAccessScenarios/unmasks/takes-a-refresh-token-as-access-token
package tokens

var accessScenarios = []story{
	tell("an access token works",
		logIn("a"), me("a"),
	),
}
