package store

import (
	"fmt"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUsers_CommonHash(t *testing.T) {
	cheap := accounts.Argon2id{MemoryKiB: 64, Passes: 1, Threads: 1}
	dear := accounts.Argon2id{MemoryKiB: 64, Passes: 3, Threads: 1}
	rows := []struct {
		name        string
		cheap, dear int // users
		want        string
	}{
		{"nobody", 0, 0, ""},
		{"all are of one cost", 2, 0, cheap.Dummy()},
		{"most are of the old cost", 1, 2, dear.Dummy()},
		{"most are of the new cost", 3, 2, cheap.Dummy()},
	}
	eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
		for _, row := range rows {
			t.Run(row.name, func(t *testing.T) {
				db := openStore(t, databaseURL(t))
				for i := range row.cheap + row.dear {
					u := addUser(t, db, fmt.Sprint("user ", i))
					hash := cheap.Dummy()
					if i >= row.cheap {
						hash = dear.Dummy()
					}
					require.NoError(t, db.Rehash(t.Context(), u.ID, u.PasswordVersion, hash))
				}
				hash, err := db.CommonHash(t.Context())
				require.NoError(t, err)
				assert.Equal(t, row.want, hash)
			})
		}
	})
}
