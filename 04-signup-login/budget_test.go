package accounts

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// spray has one address fail n times, each time on another account.
func spray(t *testing.T, g guard, address string, n int) {
	t.Helper()
	for i := range n {
		g.fail(t, newAttempt(fmt.Sprint(address, " guesses at ", i), address), 1)
	}
}

func TestBudgets(t *testing.T) {
	const here, there = "192.0.2.1", "192.0.2.2"
	slash64 := func(i int) string { return fmt.Sprintf("2001:db8:7:%x::/64", i) }
	victim := func(address string) attempt { return newAttempt("jin ho", address) }
	type row struct {
		name string
		do   func(*testing.T, guard)
		at   attempt
		want time.Duration
	}
	rows := []row{
		{"299 accounts leave an address in", func(t *testing.T, g guard) { spray(t, g, here, 299) }, victim(here), 0},
		{"300 accounts spend the budget of an address", func(t *testing.T, g guard) { spray(t, g, here, 300) },
			victim(here), time.Hour},
		{"another address has its own", func(t *testing.T, g guard) { spray(t, g, here, 300) }, victim(there), 0},
		{"a log-in with an account of one's own does not renew it", func(t *testing.T, g guard) {
			spray(t, g, here, 300)
			require.NoError(t, g.forget(t.Context(), newAttempt("mallory", here)))
		}, victim(here), time.Hour},
		{"it is new after an hour", func(t *testing.T, g guard) {
			spray(t, g, here, 300)
			time.Sleep(time.Hour)
		}, victim(here), 0},
		{"the next IPv6 /64 has its own", func(t *testing.T, g guard) { spray(t, g, slash64(1), 300) },
			victim(slash64(2)), 0},
		{"all of a /48 have eight such budgets", func(t *testing.T, g guard) {
			for i := range 8 {
				spray(t, g, slash64(i), 300)
			}
		}, victim(slash64(9)), time.Hour},
		{"and not less", func(t *testing.T, g guard) {
			for i := range 8 {
				spray(t, g, slash64(i), 299)
			}
		}, victim(slash64(9)), 0},
		{"the next /48 has its own", func(t *testing.T, g guard) {
			for i := range 8 {
				spray(t, g, slash64(i), 300)
			}
		}, victim("2001:db8:8:1::/64"), 0},
		{"a /48 has 40 failures on one account", func(t *testing.T, g guard) {
			for i := range 40 {
				g.fail(t, victim(slash64(i)), 1)
			}
		}, victim(slash64(99)), time.Hour},
		{"which leave its owner in elsewhere", func(t *testing.T, g guard) {
			for i := range 40 {
				g.fail(t, victim(slash64(i)), 1)
			}
		}, victim(here), 0},
	}
	exercise.SynctestRows(t, "4.6", rows, func(t *testing.T, r row) {
		g := newTestGuard()
		r.do(t, g)
		assert.Equal(t, r.want, g.wait(t, r.at), "the client is told how long to wait")
	})
}

// Guesses sent at once have all passed the first look at the budget.
func TestBudgets_holdForGuessesSentAtOnce(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.hasher.takes = time.Millisecond
		var all sync.WaitGroup
		for i := range 50 {
			all.Go(func() {
				for j := range 10 {
					s.do(request{do: "POST /login", body: logInWith(fmt.Sprint("name ", i, " ", j))})
				}
			})
		}
		all.Wait()
		assert.LessOrEqual(t, s.hasher.verified.Load(), int64(addressBudget+testWorkers))
		assert.GreaterOrEqual(t, s.hasher.verified.Load(), int64(addressBudget))
	})
}

// Sign-up tells which names are taken.
func TestBudgets_countTakenNames(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		from := func(address, do, body string) answer {
			return s.do(request{do: do, body: body, from: address})
		}
		for range addressBudget {
			require.Equal(t, 409, from("192.0.2.1", "POST /signup", sampleSignUp).status)
		}
		free := `{"username":"mentos","password":"12341234","nickname":"Mentos"}`
		hashed := s.hasher.hashed.Load()
		a := from("192.0.2.1", "POST /signup", free)
		assert.Equal(t, 429, a.status, "also for a name that is free: the answer must not tell")
		assert.Equal(t, "3600", a.header.Get("Retry-After"))
		assert.Equal(t, hashed, s.hasher.hashed.Load(), "a throttled attempt costs no hash")
		assert.Equal(t, 429, from("192.0.2.1", "POST /login", sampleLogIn).status, "one budget for both doors")
		assert.Equal(t, 201, from("192.0.2.2", "POST /signup", free).status, "another address is free")
	})
}

func TestBudgets_countTakenNamesAskedAtOnce(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.hasher.takes = time.Millisecond
		s.add("JIN HO", "12341234", RoleUser)
		before := s.hasher.hashed.Load()
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				for range 10 {
					s.do(request{do: "POST /signup", body: sampleSignUp})
				}
			})
		}
		all.Wait()
		assert.LessOrEqual(t, s.hasher.hashed.Load()-before, int64(addressBudget+testWorkers))
	})
}

// What can't be counted is not told.
func TestBudgets_failClosed(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	for _, method := range []string{"Failures", "AddFailure"} {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		s.down.method = method
		a := s.do(request{do: "POST /signup", body: sampleSignUp})
		assert.Equal(t, 503, a.status, method)
	}
}
