package tokens

import (
	"errors"
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessions_Open(t *testing.T) {
	type row struct {
		name    string
		userID  string
		version int64
		before  func(*fixture)
		want    error
	}
	exercise.SynctestRows(t, "3.1", []row{
		{name: "opens for the password version that was checked", userID: "jinho"},
		{name: "not after the password was changed", userID: "jinho", version: 1, want: ErrUserChanged},
		{name: "not for a disabled user", userID: "jinho", want: ErrUserChanged, before: func(f *fixture) {
			f.people.change("jinho", func(u *User) { u.Disabled = true })
		}},
		{name: "not for a user who is gone", userID: "nobody", want: ErrUserChanged},
		{name: "not without the store", userID: "jinho", want: errDown, before: func(f *fixture) { f.store.down = "Open" }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		if row.before != nil {
			row.before(f)
		}
		pair, err := f.Open(t.Context(), row.userID, row.version, Client{})
		f.store.down = ""
		list, listErr := f.List(t.Context(), row.userID)
		require.NoError(t, listErr)
		if row.want == nil {
			require.NoError(t, err)
			assert.NotEmpty(t, pair.AccessToken)
			assert.NotEmpty(t, pair.RefreshToken)
			assert.Equal(t, IdleLimit, pair.RefreshTTL, "the cookie must last as long as the session")
			assert.Len(t, list, 1, "the session must be in the store")
			return
		}
		require.ErrorIs(t, err, row.want)
		assert.Empty(t, pair, "a log-in that failed must hand out nothing")
		assert.Empty(t, list, "and leave no session behind")
	})
}

func TestSessions_Open_tellsAStoreThatIsDownFromAUserWhoChanged(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	_, err := f.Open(t.Context(), "jinho", 1, Client{})
	assert.Equal(t, ErrUserChanged, err, "as it is: log-in answers it like a wrong password")
	f.store.down = "Open"
	_, err = f.Open(t.Context(), "jinho", 0, Client{})
	assert.Equal(t, problem.Unavailable, code(err), "503: the client may try again")
	assert.ErrorIs(t, err, errDown, "the log must say why")
}

// mutedJWT can't sign.
type mutedJWT struct{ standInJWT }

var errMuted = errors.New("no key")

func (mutedJWT) Sign(Claims) (string, error) { return "", errMuted }

func TestSessions_Open_withoutASigner(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	f.jwt = mutedJWT{}
	pair, err := f.Open(t.Context(), "jinho", 0, Client{})
	require.ErrorIs(t, err, errMuted)
	assert.Equal(t, problem.Internal, code(err), "our fault, and not the client's")
	assert.Empty(t, pair)
}

// A session's id is in log-outs and in the audit log: nobody may guess one.
func TestSessionID_isRandom(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	seen := map[string]bool{}
	for range MaxSessions { // one more would end one
		id := f.open(t, "jinho").Session.ID
		assert.Regexp(t, `^[A-Z2-7]{26}$`, id, "26 letters of base32 are 130 bits")
		assert.False(t, seen[id])
		seen[id] = true
	}
}
