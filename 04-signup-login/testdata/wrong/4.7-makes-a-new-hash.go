// Wrong: it makes a hash for nobody, so an unknown name costs twice the work.
//
// Hint: To make a hash costs as much as to check one, and here both happen.
// Twice the time tells as much as no time. The Hasher has a constant for this.
//
// Fails:
//   - TestService_orDummy/nobody_becomes_a_user_without_ID,_with_the_dummy_hash
//   - TestService_orDummy/nobody_may_come_wrapped_in_the_store's_own_words
package accounts

import "errors"

func (s *Service) orDummy(user User, err error) (User, error) {
	if errors.Is(err, ErrNoUser) {
		return User{PasswordHash: s.config.Hasher.Hash("")}, nil
	}
	if err != nil {
		return User{}, unavailable(err)
	}
	return user, nil
}
