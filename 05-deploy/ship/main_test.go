package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMain runs the tests, or plays one of the programs of a machine: the tests'
// binary stands under their names in the machine's PATH.
func TestMain(m *testing.M) {
	// Programs under the race detector would wait for a second at each exit.
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0")
	for _, role := range []string{filepath.Base(os.Args[0]), os.Getenv("SHIP_TEST_ROLE")} {
		if play, ok := roles()[role]; ok {
			os.Exit(play(os.Args[1:]))
		}
	}
	if err := checkFinished("../*.go"); err != nil {
		fmt.Println(err) // a server that runs into one would only say that it did not become ready
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestCheckFinished(t *testing.T) {
	dir := t.TempDir()
	pattern := filepath.Join(dir, "*.go")
	blank := "package deploy\n\n//workbook:exercise 5.8\nfunc replaceLink() {\n\tpanic(\"TODO 5.8 replaceLink\")\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "link_test.go"), []byte(blank), 0o600))
	require.NoError(t, checkFinished(pattern), "a test is not in the binary")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "link.go"), []byte(blank), 0o600))
	require.EqualError(t, checkFinished(pattern), "unfinished exercises: 5.8 replaceLink; finish them, then ship")

	table := "package deploy\n\n//workbook:exercise 5.10\n" +
		"var roundTrip = []check{\n\t// TODO 5.10 roundTrip: write the rows.\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "link.go"), []byte(table), 0o600))
	require.ErrorContains(t, checkFinished(pattern), "5.10 roundTrip",
		"a server without a single check would be found good")
	begun := strings.Replace(table, "rows.\n", "rows.\n\t{name: \"sign up\"},\n", 1)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "link.go"), []byte(begun), 0o600))
	require.NoError(t, checkFinished(pattern))
}
