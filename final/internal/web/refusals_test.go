package web

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCostsNothing(t *testing.T) {
	rows := []struct {
		name, event string
		want        bool
	}{
		{"a bad token", "token_refused", true},
		{"a log-in that must wait", "login_throttled", true},
		{"as another one with a password", "password_change_throttled", true},
		{"a sign-up that can't be", "signup_failed", true},
		{"a wrong password", "login_failed", false},
		{"a thief", "refresh_reuse", false},
		{"a right password", "login", false},
		{"a change", "password_change", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, costsNothing(row.event))
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
