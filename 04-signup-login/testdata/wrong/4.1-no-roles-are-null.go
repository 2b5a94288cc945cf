// Wrong: a user without roles is shown with null in the place of the list.
//
// Hint: A slice that nothing was ever put into is nil, and JSON writes nil as
// null. Look at what your list is before the first role comes.
//
// Fails:
//   - TestNewUserView/no_roles_are_an_empty_array,_not_null
package accounts

func newUserView(username, nickname string, roles []string) userView {
	var shown []roleView
	for _, role := range roles {
		shown = append(shown, roleView{role})
	}
	return userView{Username: username, Nickname: nickname, Roles: shown}
}
