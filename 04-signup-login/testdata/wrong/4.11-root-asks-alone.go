// Wrong: only the administrator asks for roles, and only for good ones.
//
// Hint: Test who may not, and what may not be asked: another caller, no
// caller, another role. And what if the last administrator wants to be a user?
//
// Fails:
//   - TestAccountScenarios/unmasks/lets-anybody-set-roles
//   - TestAccountScenarios/unmasks/lets-the-last-administrator-go
//   - TestAccountScenarios/unmasks/takes-any-role
package accounts

var accountScenarios = []scenario{
	{name: "a new password replaces the old one and ends the other sessions", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "laptop", status: 200},
		{do: "POST /login", body: sampleLogIn, keep: "phone", status: 200},
		{do: "PUT /me/password", as: "phone", body: `{"currentPassword":"12341234","newPassword":"a-new-password"}`, status: 204},
		{do: "POST /login", body: sampleLogIn, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: `{"username":"JIN HO","password":"a-new-password"}`, status: 200},
		{do: "GET /me", as: "phone", status: 200},
		{do: "GET /me", as: "laptop", status: 401, code: "INVALID_TOKEN"},
	}},
	{name: "a stolen token alone changes and deletes nothing", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "stolen", status: 200},
		{do: "PUT /me/password", as: "stolen", body: `{"currentPassword":"wrong-password","newPassword":"a-new-password"}`, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "DELETE /me", as: "stolen", body: `{"currentPassword":"wrong-password"}`, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "POST /login", body: sampleLogIn, status: 200},
	}},
	{name: "a deleted account can't log in and its token is dead", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "me", status: 200},
		{do: "DELETE /me", as: "me", body: `{"currentPassword":"12341234"}`, status: 204},
		{do: "POST /login", body: sampleLogIn, status: 401, code: "INVALID_CREDENTIALS"},
		{do: "GET /me", as: "me", status: 401, code: "INVALID_TOKEN"},
	}},
	{name: "new roles show on the user's next request", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "jin", status: 200},
		{do: "POST /login", body: rootLogIn, keep: "root", status: 200},
		{do: rolesOfJin, as: "root", body: `{"roles":["USER","ADMIN"]}`, status: 200},
		{do: "GET /me", as: "jin", status: 200, answer: `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"ADMIN"},{"role":"USER"}]}`},
	}},
}
