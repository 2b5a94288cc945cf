// Wrong: it compares the error with ==, and misses one that is wrapped.
//
// Hint: A store may wrap its error in more words with %w. Then it is no longer
// the same value. Which function looks inside?
//
// Fails:
//   - TestService_orDummy/nobody_may_come_wrapped_in_the_store's_own_words
package accounts

func (s *Service) orDummy(user User, err error) (User, error) {
	if err == ErrNoUser {
		return User{PasswordHash: s.config.Hasher.Dummy()}, nil
	}
	if err != nil {
		return User{}, unavailable(err)
	}
	return user, nil
}
