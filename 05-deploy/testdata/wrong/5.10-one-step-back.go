// Wrong: the refresh token is taken for a thief's after one refresh, when its
// answer may only have got lost.
//
// Hint: Whoever loses the answer to a refresh sends the same token again, and a
// right server gives the same successor. How many refreshes make an old token
// of it?
//
// Fails:
//   - TestVerify/reference
package deploy

var roundTrip = []check{
	{name: "sign up", request: "POST /signup", send: newUser, status: 201, and: showsTheUser},
	{name: "a taken name is refused", request: "POST /signup", send: newUser, status: 409, problem: "USER_ALREADY_EXISTS"},
	{name: "a wrong password is refused", request: "POST /login", send: wrongPassword, status: 401, problem: "INVALID_CREDENTIALS"},
	{name: "log in", request: "POST /login", send: credentials, status: 200, keep: "log in"},
	{name: "the access token opens /me", request: "GET /me", bearer: "log in", status: 200, and: showsTheUser},
	{name: "/me without a token is refused", request: "GET /me", status: 401, problem: "TOKEN_NOT_FOUND"},
	{name: "refresh", request: "POST /refresh", cookie: "log in", status: 200, keep: "refresh"},
	{name: "the new access token opens /me", request: "GET /me", bearer: "refresh", status: 200, and: showsTheUser},
	{name: "a used refresh token is refused", request: "POST /refresh", cookie: "log in", status: 401, problem: "INVALID_TOKEN"},
	{name: "and has ended its session", request: "GET /me", bearer: "refresh", status: 401, problem: "INVALID_TOKEN"},
	{name: "log in once more", request: "POST /login", send: credentials, status: 200, keep: "log in once more"},
	{name: "log out", request: "POST /logout", bearer: "log in once more", status: 204},
	{name: "log-out has ended the access token", request: "GET /me", bearer: "log in once more", status: 401, problem: "INVALID_TOKEN"},
	{name: "and the refresh token", request: "POST /refresh", cookie: "log in once more", status: 401, problem: "INVALID_TOKEN"},
	{name: "log in to leave", request: "POST /login", send: credentials, status: 200, keep: "log in to leave"},
	{name: "leave", request: "DELETE /me", send: currentPassword, bearer: "log in to leave", status: 204, and: isRemoved},
	{name: "who left cannot log in", request: "POST /login", send: credentials, status: 401, problem: "INVALID_CREDENTIALS"},
}
