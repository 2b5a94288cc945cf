package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestArgon2id_Verify(t *testing.T) {
	// From the test suite of the reference implementation in C
	// (phc-winner-argon2, test.c): "password", "somesalt", m=2⁸, t=2, p=1.
	const vector = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	syllables := strings.Repeat("가", 25) // 75 bytes; bcrypt would cut them at 72
	hash := testCost().Hash
	salt := []byte("a salt of 16 b.!")
	shortKey := phc{testCost(), salt, testCost().key("12341234", salt, 16)}.String() // as other programs make them
	type row struct {
		name     string
		hash     string
		password string
		want     bool
		broken   bool
	}
	rows := []row{
		{name: "the right password", hash: hash("12341234"), password: "12341234", want: true},
		{name: "a wrong password", hash: hash("12341234"), password: "12341235"},
		{name: "nothing", hash: hash("12341234"), password: ""},
		{name: "another case", hash: hash("password"), password: "Password"},
		{name: "the right password of 75 bytes", hash: hash(syllables), password: syllables, want: true},
		{name: "the password and more", hash: hash(syllables), password: syllables + "x"},
		{name: "the password without its end", hash: hash(syllables), password: syllables[:72]},
		{name: "spaces around it", hash: hash("12341234"), password: " 12341234 "},
		{name: "the password up to a NUL", hash: hash("1234\x001234"), password: "1234"},
		{name: "the same letters from another keyboard", hash: hash("비밀번호비밀번호"), password: norm.NFD.String("비밀번호비밀번호"), want: true},
		{name: "a hash of another cost, with its own cost", hash: vector, password: "password", want: true},
		{name: "a hash of another cost and a wrong password", hash: vector, password: "passwore"},
		{name: "a hash with a shorter key", hash: shortKey, password: "12341234", want: true},
		{name: "a hash with a shorter key and a wrong password", hash: shortKey, password: "12341235"},
		{name: "the dummy hash is nobody's", hash: testCost().Dummy(), password: ""},
		{name: "an empty hash is an error, not an open door", hash: "", password: "", broken: true},
		{name: "a bcrypt hash is an error", hash: "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", password: "x", broken: true},
	}
	exercise.Rows(t, "4.4", rows, func(t *testing.T, r row) {
		ok, err := testCost().Verify(r.hash, r.password)
		if r.broken {
			require.Error(t, err, "a hash that can't be read must be told from a wrong password")
		} else {
			require.NoError(t, err)
		}
		assert.Equal(t, r.want, ok, "this is the only thing between a stranger and the account")
	})
}

func TestArgon2id_Verify_comparesInConstantTime(t *testing.T) {
	exercise.Needs(t, "4.4")
	exercise.ConstantTime(t, "argon2id.go")
}

func TestArgon2id_Hash(t *testing.T) {
	one, two := testCost().Hash("12341234"), testCost().Hash("12341234")
	assert.NotEqual(t, one, two, "the same password twice must not show")
	assert.NotContains(t, one, "12341234", "a hash hides the password")
	p, err := parsePHC(one)
	require.NoError(t, err)
	assert.Len(t, p.salt, 16, "RFC 9106 section 3.1 recommends 16 bytes")
	assert.Len(t, p.key, 32, "RFC 9106 section 4 recommends 32 bytes")
}

func TestArgon2id_Outdated(t *testing.T) {
	hash := testCost().Hash("12341234")
	assert.False(t, testCost().Outdated(hash), "a hash of today's cost stays")
	for _, other := range []Argon2id{{128, 1, 1}, {64, 2, 1}, {64, 1, 2}, ProductionCost()} {
		assert.True(t, other.Outdated(hash), "%+v is another cost", other)
	}
}

func TestProductionCost(t *testing.T) {
	hash := ProductionCost().Hash("12341234")
	assert.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=7168,t=5,p=1$"),
		"expected 7 MiB, t=5, p=1 (OWASP), got %s: less would help the thief of the table", hash)
	_, err := parsePHC(hash)
	assert.NoError(t, err, "the bounds must let our own hashes through")
}

func TestArgon2id_Dummy(t *testing.T) {
	for _, cost := range []Argon2id{testCost(), ProductionCost()} {
		dummy, err := parsePHC(cost.Dummy())
		require.NoError(t, err)
		assert.Equal(t, cost, dummy.cost, "another cost would tell by time which names exist")
		assert.Len(t, dummy.key, keyLength, "so would another length")
		assert.Len(t, dummy.salt, saltLength, "so would another salt")
		assert.Equal(t, cost.Dummy(), cost.Dummy(), "it is a constant: nothing is drawn or hashed for it")
		like, err := DummyLike(cost.Hash("12341234"))
		require.NoError(t, err)
		assert.Equal(t, cost.Dummy(), like, "a stored hash leads to the dummy of its cost")
	}
	_, err := DummyLike("$2a$10$bcrypt")
	assert.Error(t, err, "what is no hash of ours has no dummy")
}

func BenchmarkArgon2id_Verify(b *testing.B) {
	exercise.Needs(b, "4.4")
	cost := ProductionCost()
	hash := cost.Hash("12341234")
	b.ReportAllocs()
	for b.Loop() {
		if ok, err := cost.Verify(hash, "12341234"); !ok || err != nil {
			b.Fatal(ok, err)
		}
	}
}
