package deploy

import (
	"os"
	"testing"

	"example.com/authbook/internal/exercise"
)

// TestMain runs the tests, or stands in for a server that a test starts.
func TestMain(m *testing.M) {
	if os.Getenv("DEPLOY_TEST_CHILD") != "" {
		child()
		return
	}
	exercise.Main(m)
}

// environment is os.Getenv for a test.
func environment(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}
