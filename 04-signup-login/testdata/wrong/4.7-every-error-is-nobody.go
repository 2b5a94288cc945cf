// Wrong: a store that can not answer is taken for an unknown user.
//
// Hint: While the database is down, everybody hears that the password is
// wrong. Two kinds of error come in. Which one says that there is no such
// user?
//
// Fails:
//   - TestService_orDummy/a_store_that_can't_answer_is_no_unknown_user
//   - TestService_orDummy_keepsTheCause/the_log_learns_why_the_store_could_not_answer
package accounts

func (s *Service) orDummy(user User, err error) (User, error) {
	if err != nil {
		return User{PasswordHash: s.config.Hasher.Dummy()}, nil
	}
	return user, nil
}
