package web

import (
	"log/slog"
	"strconv"
	"testing"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

func TestCostsNothing(t *testing.T) {
	rows := []struct {
		name, event string
		code        problem.Code
		want        bool
	}{
		{"a bad token", "token_refused", problem.InvalidToken, true},
		{"a log-in that must wait", "login_throttled", problem.TooManyRequests, true},
		{"as another one with a password", "password_change_throttled", problem.TooManyRequests, true},
		{"a log-in that a full queue refuses", "login_failed", problem.Overloaded, true},
		{"a sign-up that can't be", "signup_failed", problem.ValidationFailed, true},
		{"a wrong password", "login_failed", problem.InvalidCredentials, false},
		{"a thief", "refresh_reuse", problem.InvalidToken, false},
		{"a right password", "login", "", false},
		{"a change", "password_change", "", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, costsNothing(row.event, []slog.Attr{slog.String("code", string(row.code))}))
		})
	}
}

// Somebody with a large network has more addresses than there is memory for.
func TestRefusals_ofManyAddresses(t *testing.T) {
	r := newRefusals()
	const addresses = refusalAddresses + 100
	recorded := 0
	for range refusalRecords {
		for i := range addresses {
			if r.take(strconv.Itoa(i)) {
				recorded++
			}
		}
	}
	assert.Equal(t, (refusalAddresses+1)*refusalRecords, recorded)
	assert.Equal(t, map[string]int{otherAddresses: (addresses-refusalAddresses)*refusalRecords - refusalRecords}, r.rest())
	assert.Empty(t, r.rest(), "it is told once")
	assert.True(t, r.take("0"))
}
