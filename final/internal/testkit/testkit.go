// Package testkit is what the tests of final and of its rooms share.
package testkit

import (
	"bytes"
	"os"
	"sync"
	"testing"

	accounts "example.com/authbook/04-signup-login"
)

// Env is os.Getenv for a test.
func Env(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

// Secret is an AUTH_SECRET that the server takes.
const Secret = "kV3zP8wq0mJx5tYb2nHs7dLf4gRc1uEa"

// SkipUnlessLong leaves out what takes longer than a reader waits for
// `go test ./...`, unless AUTHBOOK_TEST_LONG is set, as in .ci/run full.
func SkipUnlessLong(t testing.TB) {
	t.Helper()
	if os.Getenv("AUTHBOOK_TEST_LONG") == "" {
		t.Skip("it takes long: set AUTHBOOK_TEST_LONG to run it")
	}
}

// Log keeps what a server logs. It is safe for concurrent use.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *Log) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *Log) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// Hasher is Argon2id at a cost that suits a test.
func Hasher() accounts.Hasher {
	return accounts.Argon2id{MemoryKiB: 64, Passes: 1, Threads: 1}
}

// JinHo is the body of the sign-up in README.md.
const JinHo = `{"username":"JIN HO","password":"12341234","nickname":"Mentos"}`

// JinHoLogsIn is the body of the log-in that follows it.
const JinHoLogsIn = `{"username":"JIN HO","password":"12341234"}`
