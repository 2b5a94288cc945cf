package store

import (
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func raceBehaviours() []behaviour {
	return []behaviour{
		{"of parallel sign-ups with one name, one wins", ofParallelSignupsWithOneNameOneWins},
		{"of parallel rotations from one generation, one moves", ofParallelRotationsFromOneGenerationOneMoves},
		{"a rotation that races a revocation brings nothing back", aRotationThatRacesARevocationBringsNothingBack},
		{"a log-in that races a password change leaves no session", aLoginThatRacesAPasswordChangeLeavesNoSession},
		{"of sixty log-ins at once fifty sessions stay", ofSixtyLogInsAtOnceFiftySessionsStay},
		{"of parallel password changes from one version, one wins", ofParallelPasswordChangesFromOneVersionOneWins},
		{"two administrators who leave at once do not both go", twoAdministratorsWhoLeaveAtOnceDoNotBothGo},
		{"parallel failures are all counted", parallelFailuresAreAllCounted},
		{"of parallel failures added to one count, one counts", ofParallelFailuresAddedToOneCountOneCounts},
	}
}

func ofParallelSignupsWithOneNameOneWins(t *testing.T, db, other anyStore) {
	errs := parallel(20, db, other, func(db anyStore) error {
		return db.Create(t.Context(), accounts.User{ID: rand.Text(), UsernameKey: "jin", Roles: []string{accounts.RoleUser}})
	})
	assert.Equal(t, 1, count(t, errs, nil))
	assert.Equal(t, 19, count(t, errs, accounts.ErrUsernameTaken))
}

func ofParallelRotationsFromOneGenerationOneMoves(t *testing.T, db, other anyStore) {
	s := logIn(t, db, addUser(t, db, "jin"))
	stayed := errors.New("stayed")
	errs := parallel(50, db, other, func(db anyStore) error {
		after, moved, err := db.Rotate(t.Context(), s, 0, usual())
		if err == nil && after.Session.Generation != 1 {
			return errors.New("the snapshot shows another generation than 1")
		}
		if err == nil && !moved {
			return stayed
		}
		return err
	})
	assert.Equal(t, 1, count(t, errs, nil), "two successors would be two owners")
	assert.Equal(t, 49, count(t, errs, stayed))
}

func aRotationThatRacesARevocationBringsNothingBack(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	for range 10 {
		s := logIn(t, db, u)
		errs := atOnce(
			func() error { _, _, err := db.Rotate(t.Context(), s, 0, usual()); return err },
			func() error { return other.Revoke(t.Context(), s) },
		)
		assert.Equal(t, 2, count(t, errs, nil))
		after := load(t, db, s).Session
		assert.True(t, after.Revoked, "log-out must win")
		_, moved, err := db.Rotate(t.Context(), s, after.Generation, usual())
		require.NoError(t, err)
		assert.False(t, moved)
	}
}

func aLoginThatRacesAPasswordChangeLeavesNoSession(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	for version := range int64(20) {
		errs := atOnce(
			func() error {
				_, _, err := db.Open(t.Context(), rand.Text(), u.ID, version, tokens.Client{}, usual())
				if errors.Is(err, tokens.ErrUserChanged) {
					return nil
				}
				return err
			},
			func() error { return other.ChangePassword(t.Context(), u.ID, version, "new", accounts.Kept{}) },
		)
		require.Equal(t, 2, count(t, errs, nil))
		list, err := db.List(t.Context(), u.ID)
		require.NoError(t, err)
		require.Empty(t, list, "the old password must not outlive its change")
	}
}

func ofSixtyLogInsAtOnceFiftySessionsStay(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	errs := parallel(60, db, other, func(db anyStore) error {
		_, _, err := db.Open(t.Context(), rand.Text(), u.ID, 0, tokens.Client{}, usual())
		return err
	})
	assert.Equal(t, 60, count(t, errs, nil))
	list, err := db.List(t.Context(), u.ID)
	require.NoError(t, err)
	assert.Len(t, list, tokens.MaxSessions)
	require.NoError(t, db.RevokeOwn(t.Context(), u.ID, list[0].ID))
	list, err = db.List(t.Context(), u.ID)
	require.NoError(t, err)
	assert.Len(t, list, tokens.MaxSessions-1, "no more were alive than the list shows")
}

func ofParallelPasswordChangesFromOneVersionOneWins(t *testing.T, db, other anyStore) {
	u := addUser(t, db, "jin")
	errs := parallel(10, db, other, func(db anyStore) error {
		return db.ChangePassword(t.Context(), u.ID, 0, "new", accounts.Kept{})
	})
	assert.Equal(t, 1, count(t, errs, nil))
	assert.Equal(t, 9, count(t, errs, accounts.ErrPasswordChanged))
}

func twoAdministratorsWhoLeaveAtOnceDoNotBothGo(t *testing.T, db, other anyStore) {
	leave := map[string]func(db anyStore, u accounts.User) error{
		"demoted": func(db anyStore, u accounts.User) error {
			_, err := db.SetRoles(t.Context(), u.UsernameKey, []string{accounts.RoleUser})
			return err
		},
		"disabled": func(db anyStore, u accounts.User) error { return db.SetDisabled(t.Context(), u.UsernameKey, true) },
		"deleted":  func(db anyStore, u accounts.User) error { return db.Delete(t.Context(), u.ID, 0) },
	}
	left := addUser(t, db, "root", accounts.RoleAdmin)
	for way, goes := range leave {
		for range 5 {
			next := addUser(t, db, strings.ToLower(rand.Text()), accounts.RoleAdmin)
			errs := atOnce(func() error { return goes(db, left) }, func() error { return goes(other, next) })
			assert.Equal(t, 1, count(t, errs, nil), way)
			require.Equal(t, 1, count(t, errs, accounts.ErrLastAdmin), "%s: somebody must be left", way)
			if errs[1] != nil {
				left = next
			}
		}
	}
}

func parallelFailuresAreAllCounted(t *testing.T, db, other anyStore) {
	errs := parallel(50, db, other, func(db anyStore) error { return db.AddFailure(t.Context(), "key", time.Hour) })
	assert.Equal(t, 50, count(t, errs, nil))
	assert.Equal(t, 50, failuresIn(t, db, "key").Count, "a lost count is a free guess")
}

func ofParallelFailuresAddedToOneCountOneCounts(t *testing.T, db, other anyStore) {
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	errRefused := errors.New("not counted")
	errs := parallel(50, db, other, func(db anyStore) error {
		counted, err := db.AddFailureTo(t.Context(), "key", 1, time.Hour)
		if err == nil && !counted {
			return errRefused
		}
		return err
	})
	assert.Equal(t, 1, count(t, errs, nil))
	assert.Equal(t, 49, count(t, errs, errRefused))
	assert.Equal(t, 2, failuresIn(t, db, "key").Count)
}

// parallel calls f n times at once, on both handles in turn.
func parallel(n int, db, other anyStore, f func(anyStore) error) []error {
	var calls []func() error
	for i := range n {
		handle := db
		if i%2 == 1 {
			handle = other
		}
		calls = append(calls, func() error { return f(handle) })
	}
	return atOnce(calls...)
}

// atOnce runs the calls in parallel and returns their errors in order.
func atOnce(calls ...func() error) []error {
	errs := make([]error, len(calls))
	start := make(chan struct{})
	var running sync.WaitGroup
	for i, call := range calls {
		running.Go(func() {
			<-start
			errs[i] = call()
		})
	}
	close(start)
	running.Wait()
	return errs
}

// count returns how many of errs are want, which may be nil.
func count(t *testing.T, errs []error, want error) int {
	t.Helper()
	n := 0
	for _, err := range errs {
		if errors.Is(err, want) {
			n++
		}
	}
	if n == 0 {
		t.Logf("errors: %v", errs)
	}
	return n
}
