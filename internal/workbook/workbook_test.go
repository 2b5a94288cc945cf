package main

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
)

func TestMain(m *testing.M) {
	within := func(limit time.Duration) func() { return func() { os.Exit(process(limit)) } }
	fixture.Main(m, map[string]func(){"workbook": within(fixture.Limit), "impatient": within(fixture.ShortLimit)})
}

// TestScripts works through the fixture course as a learner does.
func TestScripts(t *testing.T) { testscript.Run(t, fixture.Scripts("testdata/script")) }

// TestScripts_long has what takes longer: many runs of tests, and crashes.
func TestScripts_long(t *testing.T) {
	fixture.SkipUnlessLong(t)
	params := fixture.Scripts("testdata/long")
	params.Cmds["step"] = runStep
	testscript.Run(t, params)
}

// openSession opens a course, and returns what the commands print there.
func openSession(t testing.TB, dir string) (*session, *bytes.Buffer) {
	t.Helper()
	tool, out := fixture.Open(t, dir)
	return &session{course: tool.Course, runner: tool.Runner, ui: tool.UI, now: time.Now}, out
}

// copyReal is a session in a copy of the real course.
func copyReal(tb testing.TB) *session {
	tb.Helper()
	tool := fixture.CopyReal(tb)
	return &session{course: tool.Course, runner: tool.Runner, ui: tool.UI, now: time.Now}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
