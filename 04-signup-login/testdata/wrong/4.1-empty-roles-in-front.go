// Wrong: the list begins with as many empty roles as there are roles.
//
// Hint: Print the list: it is twice as long as it should be. A slice can be
// made with a length or with a capacity. Which of the two does append write
// behind?
//
// Fails:
//   - TestNewUserView/roles_keep_their_order
//   - TestNewUserView/the_course's_example,_byte_for_byte
//   - TestNewUserView/username_and_nickname_are_not_swapped
package accounts

func newUserView(username, nickname string, roles []string) userView {
	shown := make([]roleView, len(roles))
	for _, role := range roles {
		shown = append(shown, roleView{role})
	}
	return userView{Username: username, Nickname: nickname, Roles: shown}
}
