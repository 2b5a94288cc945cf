// Wrong: it believes every 200 and 204.
//
// Hint: "204" is a claim. After each change ask two questions: does the new
// thing work, and does the old thing no longer work?
//
// Fails:
//   - TestAccountScenarios/unmasks/changes-the-password-of-a-copy
//   - TestAccountScenarios/unmasks/changes-the-roles-of-a-copy
//   - TestAccountScenarios/unmasks/deletes-nothing
//   - TestAccountScenarios/unmasks/leaves-the-other-sessions-open
//   - TestAccountScenarios/unmasks/lets-a-deleted-token-work
package accounts

var accountScenarios = []scenario{
	{name: "a new password replaces the old one and ends the other sessions", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "laptop", status: 200},
		{do: "POST /login", body: sampleLogIn, keep: "phone", status: 200},
		{do: "PUT /me/password", as: "phone", body: `{"currentPassword":"12341234","newPassword":"a-new-password"}`, status: 204},
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
	}},
	{name: "new roles show on the user's next request", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "jin", status: 200},
		{do: "POST /login", body: rootLogIn, keep: "root", status: 200},
		{do: rolesOfJin, as: "root", body: `{"roles":["USER","ADMIN"]}`, status: 200},
		{do: "GET /me", as: "jin", status: 200},
	}},
	{name: "who is no administrator sets no roles", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: sampleLogIn, keep: "jin", status: 200},
		{do: rolesOfJin, as: "jin", body: `{"roles":["ADMIN"]}`, status: 403, code: "ACCESS_DENIED"},
		{do: rolesOfJin, body: `{"roles":["ADMIN"]}`, status: 401, code: "TOKEN_NOT_FOUND"},
		{do: "GET /me", as: "jin", status: 200, answer: sampleUser},
	}},
	{name: "a role that does not exist is refused", steps: []step{
		{do: "POST /signup", body: sampleSignUp, status: 201},
		{do: "POST /login", body: rootLogIn, keep: "root", status: 200},
		{do: rolesOfJin, as: "root", body: `{"roles":["ROOT"]}`, status: 400, code: "VALIDATION_FAILED"},
	}},
	{name: "the last administrator stays one", steps: []step{
		{do: "POST /login", body: rootLogIn, keep: "root", status: 200},
		{do: "PATCH /admin/users/root/roles", as: "root", body: `{"roles":["USER"]}`, status: 409, code: "LAST_ADMIN"},
		{do: "DELETE /me", as: "root", body: `{"currentPassword":"root-password"}`, status: 409, code: "LAST_ADMIN"},
	}},
}
