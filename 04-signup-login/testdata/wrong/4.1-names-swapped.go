// Wrong: the username stands where the nickname belongs, and the other way
// round.
//
// Hint: Two strings in a row are soon swapped, and the compiler is content.
// Compare the row that fails letter by letter: which value stands under which
// name?
//
// Fails:
//   - TestNewUserView/the_course's_example,_byte_for_byte
//   - TestNewUserView/username_and_nickname_are_not_swapped
package accounts

func newUserView(username, nickname string, roles []string) userView {
	view := userView{Username: nickname, Nickname: username, Roles: []roleView{}}
	for _, role := range roles {
		view.Roles = append(view.Roles, roleView{role})
	}
	return view
}
