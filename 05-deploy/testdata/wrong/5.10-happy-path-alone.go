// Wrong: the table shows that everything works and never that something is
// refused.
//
// Hint: Name the doors that must stay shut, and try each beside the one that
// must open.
//
// Fails:
//   - TestVerify/unmasks/delete-does-nothing
//   - TestVerify/unmasks/forgives-reuse
//   - TestVerify/unmasks/log-out-keeps-the-access-token
//   - TestVerify/unmasks/log-out-keeps-the-refresh-token
//   - TestVerify/unmasks/me-without-a-token
//   - TestVerify/unmasks/never-checks-the-password
//   - TestVerify/unmasks/refresh-does-not-rotate
//   - TestVerify/unmasks/reuse-keeps-the-session
//   - TestVerify/unmasks/takes-taken-names
package deploy

var roundTrip = []check{
	{name: "sign up", request: "POST /signup", send: newUser, status: 201, and: showsTheUser},
	{name: "log in", request: "POST /login", send: credentials, status: 200, keep: "log in"},
	{name: "the access token opens /me", request: "GET /me", bearer: "log in", status: 200, and: showsTheUser},
	{name: "refresh", request: "POST /refresh", cookie: "log in", status: 200, keep: "refresh"},
	{name: "refresh again", request: "POST /refresh", cookie: "refresh", status: 200, keep: "refresh again"},
	{name: "the new access token opens /me", request: "GET /me", bearer: "refresh again", status: 200, and: showsTheUser},
	{name: "log out", request: "POST /logout", bearer: "refresh again", status: 204},
	{name: "log in to leave", request: "POST /login", send: credentials, status: 200, keep: "log in to leave"},
	{name: "leave", request: "DELETE /me", send: currentPassword, bearer: "log in to leave", status: 204, and: isRemoved},
}
