package accounts

import (
	"context"
	"fmt"
	"net/http/httptest"
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestService_userOrDummy(t *testing.T) {
	type row struct {
		name    string
		account string
		err     error // what the store says; nil: what it holds
		known   bool  // the user is found
		code    problem.Code
	}
	rows := []row{
		{name: "a user stays as it is", account: "jin ho", known: true},
		{name: "nobody becomes a user without ID, with the dummy hash", account: "nobody"},
		{name: "nobody may come wrapped in the store's own words", account: "nobody", err: fmt.Errorf("users: %w", ErrNoUser)},
		{name: "a store that can't answer is no unknown user", account: "jin ho", err: errDown, code: problem.Unavailable},
	}
	exercise.Rows(t, "4.7", rows, func(t *testing.T, r row) {
		s := newServer()
		want := User{PasswordHash: testCost().Dummy()}
		if user := s.add("JIN HO", "12341234", RoleUser); r.known {
			want = user
		}
		if r.err != nil {
			s.down.method, s.down.err = "ByKey", r.err
		}
		got, err := s.service.userOrDummy(t.Context(), r.account)
		if r.code != "" {
			require.Error(t, err, "to go on would check a password against nothing")
			assert.Equal(t, r.code, problem.From(err).Code, "the client may try again later")
			return
		}
		require.NoError(t, err, "an error here would answer sooner than a wrong password does")
		assert.Equal(t, want, got, "this is whose password is checked next")
	})
}

func TestService_userOrDummy_keepsTheCause(t *testing.T) {
	once(t, "4.7", "the log learns why the store could not answer", func(t *testing.T) {
		s := newServer()
		s.down.method = "ByKey"
		_, err := s.service.userOrDummy(t.Context(), "jin ho")
		assert.ErrorIs(t, err, errDown, "the client reads 503, and only the log can say why")
	})
}

func TestService_userOrDummy_sameWork(t *testing.T) {
	once(t, "4.7", "the dummy costs what a user costs", func(t *testing.T) {
		s := newServer()
		user := s.add("JIN HO", "12341234", RoleUser)
		dummy, err := s.service.userOrDummy(t.Context(), "nobody")
		require.NoError(t, err)
		known, err := parsePHC(user.PasswordHash)
		require.NoError(t, err)
		unknown, err := parsePHC(dummy.PasswordHash)
		require.NoError(t, err)
		assert.Equal(t, known.cost, unknown.cost, "a cheaper hash for nobody would tell who is somebody")
	})
}

func TestService_prove(t *testing.T) {
	type row struct {
		name  string
		needs []string
		hangs bool // the client hangs up while the password is verified
		user  User
		count int // failures counted
	}
	known, hash := User{ID: "1", PasswordHash: testCost().Hash("12341234")}, testCost().Hash("wrong-password")
	rows := []row{
		{name: "a wrong password is counted", user: known, count: 1},
		// A client may close its sending side as soon as the request is out
		// and still read the answer. The server takes that for a client that
		// has gone, and cancels the context.
		{name: "hanging up does not make a guess free", hangs: true, user: known, count: 1},
		{name: "nobody is never right, even with the password of the dummy", user: User{PasswordHash: hash}, count: 1},
		{name: "nor is a disabled user", user: User{ID: "1", PasswordHash: hash, Disabled: true}, count: 1},
	}
	for i := range rows {
		rows[i].needs = []string{"4.6"}
	}
	exercise.Rows(t, "4.4", rows, func(t *testing.T, r row) {
		s := newServer()
		ctx, hangUp := context.WithCancel(t.Context())
		defer hangUp()
		if r.hangs {
			s.hasher.meanwhile = func() error { hangUp(); return nil }
		}
		request := httptest.NewRequestWithContext(ctx, "POST", "/login", nil)
		request.RemoteAddr = "192.0.2.1"
		err := s.service.prove(request, claim{"login", "jin ho", r.user, "wrong-password"})
		require.Error(t, err, "this is not the user's password")
		assert.Equal(t, problem.InvalidCredentials, problem.From(err).Code)
		pair := newAttempt("jin ho", "192.0.2.1").pair
		found, err := s.store.Failures(t.Context(), pair)
		require.NoError(t, err)
		assert.Equal(t, r.count, found[pair].Count, "what is not counted is not throttled")
	})
}
