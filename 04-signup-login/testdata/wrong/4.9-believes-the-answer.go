// Wrong: every story ends with the answer of the sign-up itself.
//
// Hint: A 201 is a promise and a 400 another one: this user exists now, that
// one does not. Which request shows whether it is true? And read the whole
// answer once.
//
// Fails:
//   - TestSignUpScenarios/unmasks/saves-before-it-validates
//   - TestSignUpScenarios/unmasks/shows-the-hash
package accounts

var signUpScenarios = []scenario{
	{name: "the course's example signs up, logs in and sees itself", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
	}},
	{name: "a taken name is refused and the first owner keeps it", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /signup", body: `{"username":"jin ho","password":"another-one","nickname":"X"}`, status: 409, code: "USER_ALREADY_EXISTS"},
	}},
	{name: "of twenty sign-ups of one name at once, one wins", steps: []step{
		{do: "POST /signup", body: sampleSignUp, atOnce: 20, status: 201},
	}},
	{name: "a role from the client is refused and nobody is stored", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":"Mentos","role":"ADMIN"}`, status: 400, code: "VALIDATION_FAILED"},
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":"Mentos","roles":["ADMIN"]}`, status: 400, code: "VALIDATION_FAILED"},
	}},
	{name: "a wrong nickname leaves no orphan behind", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":""}`, status: 400, code: "VALIDATION_FAILED"},
	}},
	{name: "a password of seven characters is too short", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"1234567","nickname":"Mentos"}`, status: 400, code: "VALIDATION_FAILED"},
	}},
	{name: "a password is counted in characters, not bytes", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"비밀번호","nickname":"Mentos"}`, status: 400, code: "VALIDATION_FAILED"},
	}},
}
