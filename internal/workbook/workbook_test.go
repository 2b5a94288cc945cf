package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
)

func TestMain(m *testing.M) {
	fixture.Main(m, map[string]func(){"workbook": func() { os.Exit(process(fixture.ShortLimit)) }})
}

// TestScripts works through the fixture course as a learner does.
func TestScripts(t *testing.T) {
	params := fixture.Scripts("testdata/script")
	params.Cmds["step"] = runStep
	testscript.Run(t, params)
}

// openSession opens a course, and returns what the commands print there.
func openSession(t testing.TB, dir string) (*session, *bytes.Buffer) {
	t.Helper()
	tool, out := fixture.Open(t, dir)
	return &session{course: tool.Course, runner: tool.Runner, ui: tool.UI}, out
}

// copyReal is a session in a copy of the real course.
func copyReal(tb testing.TB) *session {
	tb.Helper()
	tool := fixture.CopyReal(tb)
	return &session{course: tool.Course, runner: tool.Runner, ui: tool.UI}
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
