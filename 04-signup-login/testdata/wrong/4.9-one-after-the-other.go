// Wrong: all sign-ups come one after the other.
//
// Hint: A look before the insert is enough as long as nobody hurries. Read the
// fields of step: one of them sends a request many times at the same moment.
//
// Fails:
//   - TestSignUpScenarios/unmasks/looks-first-inserts-later
package accounts

var signUpScenarios = []scenario{
	{name: "the course's example signs up, logs in and sees itself", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201, answer: sampleUser},
		{do: "POST /login", body: sampleLogIn, keep: "me", status: 200},
		{do: "GET /me", as: "me", status: 200, answer: sampleUser},
	}},
	{name: "a taken name is refused and the first owner keeps it", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /signup", body: `{"username":"jin ho","password":"another-one","nickname":"X"}`, status: 409, code: "USER_ALREADY_EXISTS"},
		{do: "POST /login", body: sampleLogIn, status: 200},
	}},
	{name: "a role from the client is refused and nobody is stored", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":"Mentos","role":"ADMIN"}`, status: 400, code: "VALIDATION_FAILED"},
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":"Mentos","roles":["ADMIN"]}`, status: 400, code: "VALIDATION_FAILED"},
		{do: "POST /login", body: sampleLogIn, status: 401, code: "INVALID_CREDENTIALS"},
	}},
	{name: "a wrong nickname leaves no orphan behind", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"12341234","nickname":""}`, status: 400, code: "VALIDATION_FAILED"},
		{do: "POST /signup", body: sampleSignUp, status: 201},
	}},
	{name: "a password of seven characters is too short", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"1234567","nickname":"Mentos"}`, status: 400, code: "VALIDATION_FAILED"},
	}},
	{name: "a password is counted in characters, not bytes", steps: []step{
		{do: "POST /signup", body: `{"username":"JIN HO","password":"비밀번호","nickname":"Mentos"}`, status: 400, code: "VALIDATION_FAILED"},
	}},
}
