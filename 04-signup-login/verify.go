package accounts

import (
	"context"
	"fmt"

	"example.com/authbook/internal/problem"
)

// verify reports whether the password is the user's, and then renews a hash of
// another cost. It hashes before it looks at anything else, so that it takes as
// long for nobody and for a disabled user.
func (s *Service) verify(ctx context.Context, c claim) (right bool, err error) {
	right, err = s.config.Hasher.Verify(c.user.PasswordHash, c.password)
	if err != nil {
		return false, problem.Wrap(problem.Internal, fmt.Errorf("user %s: %w", c.user.ID, err))
	}
	if !right || c.user.ID == "" || c.user.Disabled {
		return false, nil
	}
	if s.config.Hasher.Outdated(c.user.PasswordHash) {
		return true, s.rehash(ctx, c)
	}
	return true, nil
}

// rehash replaces the hash. Now is the only time that the password is known.
func (s *Service) rehash(ctx context.Context, c claim) error {
	hash := s.config.Hasher.Hash(c.password)
	err := s.config.Users.Rehash(ctx, c.user.ID, c.user.PasswordVersion, hash)
	if err != nil {
		return toProblem(err)
	}
	return nil
}
