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

// keysOf returns the keys of budgets.
func keysOf(budgets []budget) (keys []string) {
	for _, b := range budgets {
		keys = append(keys, b.key)
	}
	return keys
}

// spent returns how long it takes until each budget has something left.
func spent(found map[string]Failures, budgets ...budget) (wait time.Duration) {
	for _, b := range budgets {
		if f := found[b.key]; f.Count >= b.most {
			wait = max(wait, remaining(budgetWindow, f.SinceOpen))
		}
	}
	return wait
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
	found, err := g.store.Failures(ctx, keysOf(budgets)...)
	if err != nil {
		return unavailable(err)
	}
	return throttled(spent(found, budgets...))
}

// throttled returns TOO_MANY_REQUESTS if there is something to wait for.
func throttled(wait time.Duration) error {
	if wait <= 0 {
		return nil
	}
	return problem.RetryLater(problem.TooManyRequests, wait, nil)
}
