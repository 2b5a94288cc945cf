//go:build unix

package main

import (
	"os"
	"strconv"

	"example.com/authbook/05-deploy/internal/load"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// switches is how many ships come one after the other under load. Three show what
// is usual; AUTHBOOK_TEST_SWITCHES says how many for certainty.
func switches(f *field) int {
	text := os.Getenv("AUTHBOOK_TEST_SWITCHES")
	if text == "" {
		return 3
	}
	n, err := strconv.Atoi(text)
	require.NoError(f, err, "AUTHBOOK_TEST_SWITCHES")
	return n
}

func shipsUnderLoad(f *field) {
	clients := load.Start(f.url())
	for n := range switches(f) {
		f.deploy(numbered(n % 2)) // built once each
	}
	f.nothingLost(clients)
}

func (f *field) nothingLost(clients *load.Load) {
	f.Helper()
	answered, lost := clients.End()
	f.Logf("%d answered, %d lost, over %d ships", answered, lost, switches(f))
	assert.Zero(f, lost)
	assert.Greater(f, answered, int64(1000), "too few to show anything")
}

// shipsUnderTLS is shipsUnderLoad for clients of HTTP/1.1 and of HTTP/2 over TLS.
func (f *field) shipsUnderTLS(root []byte) {
	f.Helper()
	clients := load.StartTLS(f.secureAddress(), f.trust(root))
	for n := range switches(f) {
		printed, err := f.shipToDomain(root, numbered(n%2))
		require.NoErrorf(f, err, "%s", printed)
	}
	f.nothingLost(clients)
}
