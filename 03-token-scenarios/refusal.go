package tokens

import (
	"errors"
	"slices"

	"example.com/authbook/internal/problem"
)

// badToken is the answer to a token that does not count: 401. The client
// learns that it expired, or only that it is not valid; the log keeps the
// reason.
func badToken(reason error) error {
	if errors.Is(reason, ErrExpired) {
		return problem.Wrap(problem.TokenExpired, reason)
	}
	return problem.Wrap(problem.InvalidToken, reason)
}

// refusal is the answer to any error of this package and of its store. An
// error that is not known here means that the store could not answer: 503,
// because without the store nobody is let in and nobody is logged out.
func refusal(err error) error {
	known := []error{ErrExpired, ErrInvalid, ErrRevoked, ErrDisabled, ErrReused, ErrNoSession}
	if slices.ContainsFunc(known, func(k error) bool { return errors.Is(err, k) }) {
		return badToken(err)
	}
	return problem.Wrap(problem.Unavailable, err)
}
