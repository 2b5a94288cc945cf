// Wrong: every request comes from the same place.
//
// Hint: The guesser sits somewhere else than the owner. The field from of a
// step says where a request comes from. Who must still get in?
//
// Fails:
//   - TestLogInScenarios/unmasks/locks-the-owner-out-with-the-guesser
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
	{name: "after six failures guessing must wait, asking does not make it longer, then it is over", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, times: 6, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, times: 3, status: 429, code: "TOO_MANY_REQUESTS"},
		{do: "POST /login", body: sampleLogIn, after: time.Second, status: 200},
	}},
	{name: "an unknown name is throttled like a known one", steps: []step{
		{do: "POST /login", body: `{"username":"nobody","password":"12341234"}`, times: 6, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"nobody","password":"12341234"}`, status: 429, code: "TOO_MANY_REQUESTS"},
	}},
	{name: "another spelling of the name brings no new guesses", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: wrongLogIn, times: 5, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"jin ho","password":"wrong-password"}`, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"Jin Ho","password":"wrong-password"}`, status: 429, code: "TOO_MANY_REQUESTS"},
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
