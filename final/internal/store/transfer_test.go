package store

import (
	"errors"
	"iter"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sequence yields the users and then, if it is not nil, the error.
func sequence(users []accounts.User, last error) iter.Seq2[accounts.User, error] {
	return func(yield func(accounts.User, error) bool) {
		for _, u := range users {
			if !yield(u, nil) {
				return
			}
		}
		if last != nil {
			yield(accounts.User{}, last)
		}
	}
}

func TestUsers_AddAll(t *testing.T) {
	broken := errors.New("broken")
	jin := accounts.User{ID: "1", Username: "Jin", UsernameKey: "jin", Nickname: "J", PasswordHash: "h",
		PasswordVersion: 7, Roles: []string{accounts.RoleAdmin, accounts.RoleUser}, Disabled: true, Created: at(1234567)}
	mina := accounts.User{ID: "2", Username: "Mina", UsernameKey: "mina", Roles: []string{accounts.RoleUser},
		Created: at(0)}
	twin := mina
	twin.ID = "3"
	rows := []struct {
		name string
		in   iter.Seq2[accounts.User, error]
		want []accounts.User
		err  error
	}{
		{"all of them come as they were", sequence([]accounts.User{mina, jin}, nil), []accounts.User{jin, mina}, nil},
		{"nobody is no error", sequence(nil, nil), nil, nil},
		{"a sequence that breaks adds nobody", sequence([]accounts.User{jin}, broken), nil, broken},
		{"a name that comes twice adds nobody", sequence([]accounts.User{jin, mina, twin}, nil), nil,
			accounts.ErrUsernameTaken},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			onSQL(t, func(t *testing.T, db *sqlStore) {
				added, err := db.AddAll(t.Context(), row.in)
				require.ErrorIs(t, err, row.err)
				assert.Equal(t, len(row.want), added)
				var got []accounts.User
				require.NoError(t, db.Each(t.Context(), func(u accounts.User) error { got = append(got, u); return nil }))
				assert.Equal(t, row.want, got)
			})
		})
	}
}

func TestUsers_AddAll_refusesADatabaseWithUsers(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		there := addUser(t, db, "jin")
		_, err := db.AddAll(t.Context(), sequence([]accounts.User{{ID: "2", UsernameKey: "mina"}}, nil))
		require.ErrorIs(t, err, ErrNotEmpty)
		users, err := db.All(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []accounts.User{there}, users)
	})
}

func TestUsers_AddAll_twiceAtOnceAddsOnce(t *testing.T) {
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		u := databaseURL(t)
		add := func(db *sqlStore, id string) func() error {
			return func() error {
				user := accounts.User{ID: id, UsernameKey: id, Roles: []string{accounts.RoleUser}}
				_, err := db.AddAll(t.Context(), sequence([]accounts.User{user}, nil))
				return err
			}
		}
		errs := atOnce(add(openStore(t, u), "a"), add(openStore(t, u), "b"))
		assert.Equal(t, 1, count(t, errs, nil))
		assert.Equal(t, 1, count(t, errs, ErrNotEmpty), "two imports must not mix")
	})
}

func TestUsers_Each_endsAtAnError(t *testing.T) {
	onSQL(t, func(t *testing.T, db *sqlStore) {
		addUser(t, db, "a")
		addUser(t, db, "b")
		broken := errors.New("broken")
		var seen []string
		err := db.Each(t.Context(), func(u accounts.User) error { seen = append(seen, u.UsernameKey); return broken })
		assert.ErrorIs(t, err, broken)
		assert.Equal(t, []string{"a"}, seen)
		addUser(t, db, "c") // nothing is left locked
	})
}
