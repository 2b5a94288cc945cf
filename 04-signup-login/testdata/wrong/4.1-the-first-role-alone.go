// Wrong: only the first of the roles is shown, and without roles it panics.
//
// Hint: The course shows one role, but a user may have two, or none. How often
// does your code run for two roles?
//
// Fails:
//   - TestNewUserView/no_roles_are_an_empty_array,_not_null
//   - TestNewUserView/roles_keep_their_order
package accounts

func newUserView(username, nickname string, roles []string) userView {
	return userView{Username: username, Nickname: nickname, Roles: []roleView{{roles[0]}}}
}
