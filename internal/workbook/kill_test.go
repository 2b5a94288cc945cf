package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// moments are when a command is killed, each a little later in its run than the
// one before; in a quick run it is killed once, in the middle.
func moments(whole time.Duration) []time.Duration {
	kills := time.Duration(1)
	if fixture.Long() {
		kills = 8
	}
	var all []time.Duration
	for i := range kills {
		all = append(all, whole*(i+1)/(kills+1))
	}
	return all
}

// TestKilled_start kills a start again and again. Whenever that is, each file is
// the old or the new one, and the same command, typed again, comes to the end.
func TestKilled_start(t *testing.T) {
	blank := folder(t, started(t), "01-greet")
	finished := folder(t, fixture.NewCourse(t), "01-greet")
	whole := timed(t, repositoryOf(t, fixture.NewCourse(t)), "start", "1")
	for _, after := range moments(whole) {
		dir := repositoryOf(t, fixture.NewCourse(t))
		killed(t, dir, after, "start", "1")
		require.NoError(t, os.WriteFile(filepath.Join(dir, "01-greet", ".workbook-1"), nil, 0o600)) // its last moment
		for name, text := range folder(t, dir, "01-greet") {
			assert.Contains(t, []string{finished[name], blank[name]}, text, "%s must be the old or the new file", name)
		}
		_ = workbook(t, dir, "start", "1").Run() // it may have come to its end: then it refuses
		assert.Equal(t, blank, folder(t, dir, "01-greet"), "typed again it comes to the end")
		assert.Equal(t, "chapter/01-greet", gitSays(t, dir, "branch", "--show-current"))
		assert.Empty(t, gitSays(t, dir, "status", "--porcelain"))
	}
}

// TestKilled_reset kills a reset. The learner's text is in the file or is saved.
func TestKilled_reset(t *testing.T) {
	fixture.SkipUnlessLong(t)
	mine := "\n// my own words\n"
	write := func(dir string) {
		path := filepath.Join(dir, "01-greet", "map.go")
		require.NoError(t, os.WriteFile(path, []byte(contentOf(t, path)+mine), 0o644))
	}
	first := started(t)
	blank := folder(t, first, "01-greet")
	write(first)
	whole := timed(t, first, "reset", "1")
	for _, after := range moments(whole) {
		dir := started(t)
		write(dir)
		killed(t, dir, after, "reset", "1")
		now := folder(t, dir, "01-greet")["map.go"]
		texts := []string{now}
		saved, err := filepath.Glob(filepath.Join(dir, ".workbook", "local", "saved", "*", "01-greet", "map.go"))
		require.NoError(t, err)
		for _, path := range saved {
			texts = append(texts, contentOf(t, path))
		}
		assert.Contains(t, texts, blank["map.go"]+mine, "nothing is ever lost")
		assert.Contains(t, []string{blank["map.go"], blank["map.go"] + mine}, now, "no file is half written")
	}
}

// started is the course with chapter 1 just started, with git.
func started(t *testing.T) string {
	dir := repositoryOf(t, fixture.NewCourse(t))
	require.NoError(t, workbook(t, dir, "start", "1").Run())
	return dir
}

// workbook is the program as a process of its own, in a course.
func workbook(t *testing.T, dir string, args ...string) *exec.Cmd {
	return processIn(t, dir, "workbook", args...)
}

// timed is how long a command takes that nobody kills.
func timed(t *testing.T, dir string, args ...string) time.Duration {
	cmd, began := workbook(t, dir, args...), time.Now()
	require.NoError(t, cmd.Run())
	return time.Since(began)
}

// killed runs a command and kills it after a while, unless it was faster. It returns once
// a git that was left behind has ended too: each of them holds the pipe.
func killed(t *testing.T, dir string, after time.Duration, args ...string) {
	cmd := workbook(t, dir, args...)
	ended, held, err := os.Pipe()
	require.NoError(t, err)
	cmd.ExtraFiles = []*os.File{held}
	require.NoError(t, cmd.Start())
	defer time.AfterFunc(after, func() { _ = cmd.Process.Kill() }).Stop()
	require.NoError(t, held.Close())
	_ = cmd.Wait()
	_, err = io.Copy(io.Discard, ended)
	require.NoError(t, errors.Join(err, ended.Close()))
}

// processIn is a program in a folder, with a home of its own.
func processIn(t *testing.T, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), fixture.Environment(t.TempDir())...)
	return cmd
}

func repositoryOf(t *testing.T, dir string) string {
	gitSays(t, dir, "init", "-q", "-b", "main")
	gitSays(t, dir, "add", "-A")
	gitSays(t, dir, "commit", "-qm", "init")
	return dir
}

func gitSays(t *testing.T, dir string, args ...string) string {
	out, err := processIn(t, dir, "git", args...).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return strings.TrimSpace(string(out))
}

// folder returns the Go files of a folder.
func folder(t *testing.T, dir, name string) course.Tree {
	files, err := course.ReadTree(filepath.Join(dir, name))
	require.NoError(t, err)
	return files
}
