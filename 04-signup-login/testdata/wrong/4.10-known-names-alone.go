// Wrong: nobody asks for a name that does not exist.
//
// Hint: A guesser tries names too. Tell the same stories about somebody who
// never signed up: the answers must not differ, neither the first nor the
// seventh.
//
// Fails:
//   - TestLogInScenarios/unmasks/tells-unknown-from-wrong
//   - TestLogInScenarios/unmasks/throttles-only-names-that-exist
package accounts

var logInScenarios = []scenario{
	{name: "a wrong password and an unknown name get the same answer", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, status: 401, code: "INVALID_CREDENTIALS"},
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
	{name: "after six failures guessing must wait, asking does not make it longer, then it is over", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, times: 6, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, times: 3, status: 429, code: "TOO_MANY_REQUESTS"},
		{do: "POST /login", body: sampleLogIn, after: time.Second, status: 200},
	}},
	{name: "another spelling of the name brings no new guesses", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, times: 5, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"jin ho","password":"wrong-password"}`, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"Jin Ho","password":"wrong-password"}`, status: 429, code: "TOO_MANY_REQUESTS"},
	}},
	{name: "a guesser elsewhere does not lock the owner out", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, from: "198.51.100.7", times: 6, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, from: "203.0.113.9", status: 200},
	}},
	{name: "the right password wipes the slate", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, times: 5, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, status: 200},
		{do: "POST /login", body: wrongLogIn, times: 5, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, status: 200},
		{do: "POST /login", body: wrongLogIn, times: 2, status: 401, code: "INVALID_CREDENTIALS"},
	}},
}
