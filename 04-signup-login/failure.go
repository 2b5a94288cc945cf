package accounts

import (
	"errors"

	"example.com/authbook/internal/problem"
)

// toProblem turns an error of the store or the sessions into what the client
// reads. A user who changed or was deleted since the password was checked gets
// the answer to a wrong password. An error that is none of the named ones means
// that the other side could not answer: 503, and nothing was granted.
func toProblem(err error) error {
	if p, ok := errors.AsType[*problem.Error](err); ok {
		return p
	}
	switch {
	case errors.Is(err, ErrUsernameTaken):
		return problem.New(problem.UserAlreadyExists, "")
	case errors.Is(err, ErrLastAdmin):
		return problem.New(problem.LastAdmin, "")
	case errors.Is(err, ErrNoUser), errors.Is(err, ErrPasswordChanged), errors.Is(err, ErrUserChanged):
		return problem.New(problem.InvalidCredentials, "")
	}
	return unavailable(err)
}

func unavailable(cause error) error {
	return problem.Wrap(problem.Unavailable, cause)
}
