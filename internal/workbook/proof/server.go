package proof

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"example.com/authbook/internal/workbook/gorun"
)

// A block with "output server" shows the real server. Each block gets one of its
// own, with an empty database, so that no block depends on another. Its commands are
// lines of a shell, with && between; what one assigns, the next can use:
//
//	TOKEN=$(curl -s localhost:8080/login -d … | cut -d'"' -f4) && curl -H "Authorization: Bearer $TOKEN" …
//
// localhost:8080 stands for that server, and /tmp for a folder of its own. "go tool
// workbook run" with words after it is a command of the server's binary, on its database.

// shownAt is where readers start the server, and shownTmp where they keep files.
const (
	shownAt  = "localhost:8080"
	shownTmp = "/tmp/"
	shownRun = "go tool workbook run "
)

// mayRun is what a command of such a block may begin with.
var mayRun = regexp.MustCompile(`^(curl |go run \./|go tool workbook run |cat /tmp/|[A-Z]+=)`)

// blockLimit is how long the commands of a block may take.
const blockLimit = 2 * time.Minute

// live runs commands against the final server over the reference, and returns them
// with what each wrote.
func (s *stage) live(ctx context.Context, source string, withLog bool) (string, error) {
	commands, err := commandsIn(source)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, blockLimit)
	defer cancel()
	o, err := s.overlay(ctx, "output server")
	if err != nil {
		return "", err
	}
	if err := s.buildServer(ctx, string(o)); err != nil {
		return "", err
	}
	server, err := startServer(ctx, s.binary, s.dir.Folder())
	if err != nil {
		return "", err
	}
	shell := shell{root: s.course.Root, overlay: string(o), server: server}
	shown, err := shell.run(ctx, commands)
	log := server.stop()
	if err != nil {
		return "", err
	}
	if withLog {
		shown += "\n(the server's log)\n" + log
	}
	return still(shown, server), nil
}

// commandsIn splits the source of a block.
func commandsIn(source string) ([]string, error) {
	commands := strings.Split(source, " && ")
	for _, c := range commands {
		if !mayRun.MatchString(c) {
			return nil, fmt.Errorf("%q is not understood: output server: curl …, go run ./…, %s…, cat /tmp/… or NAME=…, "+
				"with && between", c, shownRun)
		}
	}
	return commands, nil
}

// buildServer builds the server once for a chapter.
func (s *stage) buildServer(ctx context.Context, overlay string) error {
	if s.binary != "" {
		return nil
	}
	binary := gorun.Program(filepath.Join(s.dir.Dir, "final"))
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-overlay="+overlay, "-o", binary, "./final")
	cmd.Dir = s.course.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("the server does not compile: %w: %s", err, bytes.TrimSpace(out))
	}
	s.binary = binary
	return nil
}

// shell runs the commands of one block.
type shell struct {
	root, overlay string
	server        *server
}

// run returns the commands, each behind "$ ", with what they wrote.
func (s shell) run(ctx context.Context, commands []string) (string, error) {
	const mark = "\x1e" // no command writes it
	var script strings.Builder
	for _, c := range commands {
		c = strings.NewReplacer(shownAt, s.server.addr, shownTmp, s.server.home+"/",
			shownRun, "'"+s.server.process.Path+"' ").Replace(c)
		fmt.Fprintf(&script, "printf '%s'\n%s\n", mark, c)
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", script.String())
	cmd.Dir = s.root
	cmd.Env = append(os.Environ(), "GOFLAGS=-overlay="+s.overlay, "NO_COLOR=1", "DATABASE_URL="+s.server.database())
	out, err := cmd.CombinedOutput()
	if _, ok := errors.AsType[*exec.ExitError](err); err != nil && !ok {
		return "", err // a command that fails may be what the notes show
	}
	wrote := strings.Split(string(out), mark)
	if len(wrote) != len(commands)+1 {
		return "", fmt.Errorf("the shell says: %s", bytes.TrimSpace(out))
	}
	return asTyped(commands, wrote[1:]), nil
}

// asTyped returns each command behind "$ ", and what it wrote.
func asTyped(commands, wrote []string) string {
	var shown strings.Builder
	for i, c := range commands {
		shown.WriteString("$ " + c + "\n")
		if text := strings.Trim(strings.ReplaceAll(wrote[i], "\r\n", "\n"), "\n"); text != "" {
			shown.WriteString(text + "\n")
		}
	}
	return shown.String()
}
