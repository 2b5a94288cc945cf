package accounts

import (
	"context"
	"time"

	"example.com/authbook/internal/problem"
)

// budgetWindow is how long the failures of a budget add up.
const budgetWindow = time.Hour

const (
	// accountBudget is what all addresses together have for one account: a
	// botnet has many addresses.
	accountBudget = 100
	// addressBudget is what one address has for all accounts together: a
	// sprayer tries one password on many names.
	addressBudget = 300
)

// budget is how many failures a key may have within budgetWindow.
type budget struct {
	key  string
	most int
}

// budgetsOf returns the budgets of an address that guesses at an account. A
// network alone can't spend the account's.
func budgetsOf(account, address string) []budget {
	budgets := append(addressBudgets(address), budget{accountKeyOf(account), accountBudget})
	if network := networkOf(address); network != address {
		budgets = append(budgets, budget{pairKeyOf(account, network), networkShare * freeFailures})
	}
	return budgets
}

// addressBudgets returns the budgets of an address for all accounts: its own,
// and that of its network.
func addressBudgets(address string) []budget {
	budgets := []budget{{digest("address\x00" + address), addressBudget}}
	if network := networkOf(address); network != address {
		budgets = append(budgets, budget{digest("network\x00" + network), networkShare * addressBudget})
	}
	return budgets
}

// spent returns how long it takes until each budget has something left.
func (g guard) spent(ctx context.Context, budgets []budget) (wait time.Duration, err error) {
	for _, b := range budgets {
		f, err := g.store.Failures(ctx, b.key)
		if err != nil {
			return 0, unavailable(err)
		}
		if f.Count >= b.most {
			wait = max(wait, remaining(budgetWindow, f.SinceOpen))
		}
	}
	return wait, nil
}

// spend counts a failure in each budget.
func (g guard) spend(ctx context.Context, budgets []budget) error {
	for _, b := range budgets {
		if err := g.store.AddFailure(ctx, b.key, budgetWindow); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// within returns TOO_MANY_REQUESTS if one of the budgets is spent.
func (g guard) within(ctx context.Context, budgets []budget) error {
	wait, err := g.spent(ctx, budgets)
	if err == nil && wait > 0 {
		return problem.RetryLater(problem.TooManyRequests, wait, nil)
	}
	return err
}
