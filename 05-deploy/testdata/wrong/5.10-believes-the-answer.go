// Wrong: log-out and removal are believed, because they answered 204.
//
// Hint: "204" is a claim. Which request shows whether it is true?
//
// Fails:
//   - TestVerify/unmasks/delete-does-nothing
//   - TestVerify/unmasks/log-out-keeps-the-access-token
//   - TestVerify/unmasks/log-out-keeps-the-refresh-token
package deploy

var roundTrip = []check{
	{name: "sign up", request: "POST /signup", send: newUser, status: 201, and: showsTheUser},
	{name: "a taken name is refused", request: "POST /signup", send: newUser, status: 409, problem: "USER_ALREADY_EXISTS"},
	{name: "a wrong password is refused", request: "POST /login", send: wrongPassword, status: 401, problem: "INVALID_CREDENTIALS"},
	{name: "log in", request: "POST /login", send: credentials, status: 200, keep: "log in"},
	{name: "the access token opens /me", request: "GET /me", bearer: "log in", status: 200, and: showsTheUser},
	{name: "/me without a token is refused", request: "GET /me", status: 401, problem: "TOKEN_NOT_FOUND"},
	{name: "refresh", request: "POST /refresh", cookie: "log in", status: 200, keep: "refresh"},
	{name: "refresh again", request: "POST /refresh", cookie: "refresh", status: 200, keep: "refresh again"},
	{name: "the new access token opens /me", request: "GET /me", bearer: "refresh again", status: 200, and: showsTheUser},
	{name: "a used refresh token is refused", request: "POST /refresh", cookie: "log in", status: 401, problem: "INVALID_TOKEN"},
	{name: "and has ended its session", request: "GET /me", bearer: "refresh again", status: 401, problem: "INVALID_TOKEN"},
	{name: "log in once more", request: "POST /login", send: credentials, status: 200, keep: "log in once more"},
	{name: "log out", request: "POST /logout", bearer: "log in once more", status: 204},
	{name: "log in to leave", request: "POST /login", send: credentials, status: 200, keep: "log in to leave"},
	{name: "leave", request: "DELETE /me", send: currentPassword, bearer: "log in to leave", status: 204, and: isRemoved},
}
