package accounts

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParsePHC(t *testing.T) {
	const salt, key = "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	rows := []struct {
		name string
		hash string
		ok   bool
	}{
		{"production", "$argon2id$v=19$m=19456,t=2,p=1$" + salt + "$" + key, true},
		{"the second choice of RFC 9106", "$argon2id$v=19$m=65536,t=3,p=4$" + salt + "$" + key, true},
		{"sixteen passes", "$argon2id$v=19$m=64,t=16,p=1$" + salt + "$" + key, true},
		{"256 bytes", "$argon2id$v=19$m=64,t=1,p=1$" + strings.Repeat("A", 23) + "$" + strings.Repeat("A", 204), true},
		{"257 bytes", "$argon2id$v=19$m=64,t=1,p=1$" + strings.Repeat("A", 24) + "$" + strings.Repeat("A", 204), false},
		{"nothing", "", false},
		{"argon2i", "$argon2i$v=19$m=64,t=1,p=1$" + salt + "$" + key, false},
		{"an old version", "$argon2id$v=16$m=64,t=1,p=1$" + salt + "$" + key, false},
		{"no version", "$argon2id$m=64,t=1,p=1$" + salt + "$" + key, false},
		{"parameters in another order", "$argon2id$v=19$t=1,m=64,p=1$" + salt + "$" + key, false},
		{"a leading zero", "$argon2id$v=19$m=064,t=1,p=1$" + salt + "$" + key, false},
		{"a sign", "$argon2id$v=19$m=+64,t=1,p=1$" + salt + "$" + key, false},
		{"a fourth parameter", "$argon2id$v=19$m=64,t=1,p=1,data=x$" + salt + "$" + key, false},
		{"a terabyte of memory", "$argon2id$v=19$m=1073741824,t=1,p=1$" + salt + "$" + key, false},
		{"more memory than a number holds", "$argon2id$v=19$m=4294967360,t=1,p=1$" + salt + "$" + key, false},
		{"a KiB past the memory bound", "$argon2id$v=19$m=65537,t=1,p=1$" + salt + "$" + key, false},
		{"too little memory", "$argon2id$v=19$m=7,t=1,p=1$" + salt + "$" + key, false},
		{"too many passes", "$argon2id$v=19$m=64,t=17,p=1$" + salt + "$" + key, false},
		{"no pass", "$argon2id$v=19$m=64,t=0,p=1$" + salt + "$" + key, false},
		{"too many threads", "$argon2id$v=19$m=64,t=1,p=5$" + salt + "$" + key, false},
		{"no thread", "$argon2id$v=19$m=64,t=1,p=0$" + salt + "$" + key, false},
		{"padding", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "==$" + key, false},
		{"base64url", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$_" + key[1:], false},
		{"a line break in the base64", "$argon2id$v=19$m=64,t=1,p=1$AAAA\nAAAAAAAAAAAAAAAAAA$" + key, false},
		{"loose bits at the end of the base64", "$argon2id$v=19$m=64,t=1,p=1$" + salt[:21] + "B$" + key, false},
		{"no salt", "$argon2id$v=19$m=64,t=1,p=1$$" + key, false},
		{"no key", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$", false},
		{"a key of four bytes", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$AAAAAA", false},
		{"a part too many", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + key + "$x", false},
		{"a space before", " $argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + key, false},
		{"endless", "$argon2id$v=19$m=64,t=1,p=1$" + salt + "$" + strings.Repeat("A", 1<<20), false},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			p, err := parsePHC(r.hash)
			if !r.ok {
				require.ErrorIs(t, err, errBadHash, "a hostile hash must not be worked on")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, r.hash, p.String(), "what is read is written the same")
		})
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(testCost().Dummy())
	f.Add(ProductionCost().Dummy())
	f.Add("$argon2id$v=19$m=064,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, hash string) {
		p, err := parsePHC(hash)
		if err != nil {
			return
		}
		require.Equal(t, hash, p.String(), "there is one text for each hash")
		require.LessOrEqual(t, p.cost.MemoryKiB, uint32(maxMemoryKiB), "no hash may exhaust the memory")
	})
}
