package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/mark"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

// shortLimit is the time limit of the tests' own runs: long enough for a busy
// machine, short enough to wait for a test that hangs.
const shortLimit = 3 * time.Second

func TestMain(m *testing.M) {
	if _, ok := os.LookupEnv("CGO_ENABLED"); !ok {
		os.Setenv("CGO_ENABLED", "0") // without the race detector: it builds everything a second time
	}
	testscript.Main(m, map[string]func(){
		"workbook": func() { os.Exit(process(shortLimit)) },
	})
}

// TestScripts works through the fixture course as a learner does.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: setUp,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"replace": replace, "crlf": crlf, "step": runStep},
	})
}

// setUp copies the course into the script's folder and lends it Go's caches.
func setUp(env *testscript.Env) error {
	env.Cd = filepath.Join(env.WorkDir, "course")
	if err := copyCourse(env.Cd); err != nil {
		return err
	}
	course, err := filepath.Abs("testdata/course")
	if err != nil {
		return err
	}
	env.Setenv("COURSE", course)
	for _, v := range environment(env.WorkDir) {
		name, value, _ := strings.Cut(v, "=")
		env.Setenv(name, value)
	}
	return nil
}

// environment is what go and git need in a folder of their own. Nothing is
// fetched, and no setting of this machine counts.
func environment(dir string) []string {
	out, _ := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	caches := strings.Fields(string(out))
	return []string{
		"GOCACHE=" + caches[0], "GOMODCACHE=" + caches[1], "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=-buildvcs=false", "CGO_ENABLED=0",
		"HOME=" + dir, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + filepath.Join(dir, ".gitconfig"),
		"GIT_AUTHOR_NAME=Ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_COMMITTER_NAME=Ann", "GIT_COMMITTER_EMAIL=ann@example.com",
	}
}

// copyCourse puts the fixture course into dir, with the real packages that its
// tests use.
func copyCourse(dir string) error {
	if err := os.CopyFS(dir, os.DirFS("testdata/course")); err != nil {
		return err
	}
	for _, name := range []string{"exercise", "mark"} {
		if err := copyPackage(filepath.Join("..", name), filepath.Join(dir, "internal", name)); err != nil {
			return err
		}
	}
	return nil
}

// copyPackage copies a folder's Go files but its tests.
func copyPackage(from, to string) error {
	paths, err := filepath.Glob(filepath.Join(from, "*.go"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(path)), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// replace is the script command `replace FILE OLD NEW`, where \n is a new line.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	unescape := strings.NewReplacer(`\n`, "\n", `\t`, "\t", `\r`, "\r")
	old := unescape.Replace(args[1])
	if !strings.Contains(text, old) {
		ts.Fatalf("%s does not contain %q", args[0], old)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(text, old, unescape.Replace(args[2]))), 0o644))
}

// crlf is the script command `crlf FILE`: each line must end in CRLF.
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if strings.Count(text, "\n") != strings.Count(text, "\r\n") {
		ts.Fatalf("%s has lines without CRLF", args[0])
	}
}

// newCourse returns the fixture course in a folder of its own, after some
// replacements: file, old text, new text.
func newCourse(t *testing.T, replacements ...string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, copyCourse(dir))
	for i := 0; i+2 < len(replacements); i += 3 {
		path := filepath.Join(dir, replacements[i])
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Contains(t, string(text), replacements[i+1], "the text to replace in %s", path)
		require.NoError(t, os.WriteFile(path, []byte(strings.ReplaceAll(string(text), replacements[i+1], replacements[i+2])), 0o644))
	}
	return dir
}

// openApp is the app of a course, and what it prints.
func openApp(t testing.TB, dir string) (*app, *bytes.Buffer) {
	t.Helper()
	c, err := openCourse(dir)
	require.NoError(t, err)
	var out bytes.Buffer
	return &app{course: c, ui: plainUI(&out, ""), limit: shortLimit}, &out
}

// idOf is the number of an exercise in a row.
func idOf(chapter, number int) mark.ID { return mark.ID{Chapter: chapter, Number: number} }
