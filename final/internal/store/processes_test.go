package store

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The server and `final admin` are two processes on one file.
func TestDB_sharesItsFileWithOtherProcesses(t *testing.T) {
	const each = 20
	work := func(t *testing.T, path string) {
		db := openStore(t, path)
		for range each {
			require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
		}
	}
	if path := os.Getenv("AUTHBOOK_TEST_SHARED_FILE"); path != "" {
		work(t, path) // this is the other process
		return
	}
	path := testdb.SQLite(t)
	other := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDB_sharesItsFileWithOtherProcesses$")
	other.Env = append(os.Environ(), "AUTHBOOK_TEST_SHARED_FILE="+path)
	ended := make(chan error, 1)
	go func() {
		output, err := other.CombinedOutput()
		if err != nil {
			t.Logf("the other process: %s", output)
		}
		ended <- err
	}()
	work(t, path)
	require.NoError(t, <-ended)
	assert.Equal(t, 2*each, failuresIn(t, openStore(t, path), "key").Count, "no write may be lost between processes")
}
