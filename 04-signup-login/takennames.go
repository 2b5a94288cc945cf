package accounts

import (
	"context"
	"errors"

	"example.com/authbook/internal/problem"
)

// signUp calls a sign-up, and counts one whose name is taken as a failure of
// the address: who signs up with a list of names learns which ones to guess at.
func (g guard) signUp(ctx context.Context, address string, signUp func() error) error {
	budgets := addressBudgets(address)
	if err := g.within(ctx, budgets); err != nil {
		return err
	}
	taken := signUp()
	if !isTaken(taken) {
		return taken
	}
	// It counts though the client has gone, as a wrong password does.
	if err := g.spend(context.WithoutCancel(ctx), budgets); err != nil {
		return err
	}
	return taken
}

func isTaken(err error) bool {
	p, ok := errors.AsType[*problem.Error](err)
	return ok && p.Code == problem.UserAlreadyExists
}
