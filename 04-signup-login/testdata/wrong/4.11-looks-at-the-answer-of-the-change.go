// Wrong: the new roles are looked for in the answer of the change.
//
// Hint: The answer shows what the handler meant to store. Which request of
// which person shows what is stored?
//
// Fails:
//   - TestAccountScenarios/unmasks/changes-the-roles-of-a-copy
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
		{do: rolesOfJin, as: "root", body: `{"roles":["USER","ADMIN"]}`, status: 200, answer: `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"ADMIN"},{"role":"USER"}]}`},
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
