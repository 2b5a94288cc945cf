// Wrong: nobody guesses often enough to meet the throttle.
//
// Hint: Five failures are free. What must happen at the seventh try, also with
// the right password? A step can be sent many times.
//
// Fails:
//   - TestLogInScenarios/unmasks/counts-each-spelling-apart
//   - TestLogInScenarios/unmasks/locks-the-owner-out-with-the-guesser
//   - TestLogInScenarios/unmasks/never-forgets-a-failure
//   - TestLogInScenarios/unmasks/never-throttles
//   - TestLogInScenarios/unmasks/throttles-only-names-that-exist
//   - TestLogInScenarios/unmasks/waiting-starts-anew-with-each-attempt
package accounts

var logInScenarios = []scenario{
	{name: "a wrong password and an unknown name get the same answer", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"nobody","password":"12341234"}`, status: 401, code: "INVALID_CREDENTIALS"},
	}},
	{name: "the whole password counts: 25 syllables and one more are another password", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"가나다라마바사아자차카타파하가나다라마바사아자차카","nickname":"Mentos"}`, status: 201},
		{do: "POST /login", body: `{"username":"JIN HO","password":"가나다라마바사아자차카타파하가나다라마바사아자차카!"}`, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"JIN HO","password":"가나다라마바사아자차카타파하가나다라마바사아자차카"}`, status: 200},
	}},
	{name: "spaces at the ends belong to the password", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: `{"username":"JIN HO","password":" 12341234 "}`, status: 401, code: "INVALID_CREDENTIALS"},
	}},
}
