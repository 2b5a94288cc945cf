package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"example.com/authbook/internal/mark"
)

// runFinal starts the final server. Exercises that are green are the
// learner's; the rest comes from the reference, through an overlay.
func runFinal(ctx context.Context, a *app, args arguments) error {
	if _, err := os.Stat(filepath.Join(a.root, "final")); err != nil {
		return refuse("there is no final server here: " + err.Error())
	}
	dir, clean, err := newScratch()
	if err != nil {
		return err
	}
	defer clean()
	versions, err := a.learnersVersions(ctx)
	if err != nil {
		return err
	}
	o, err := a.lay(dir.folder(), versions)
	if err != nil {
		return err
	}
	binary := program(filepath.Join(dir.dir, "final"))
	if err := a.build(ctx, binary, o); err != nil {
		return err
	}
	home, err := a.serverHome()
	if err != nil {
		return err
	}
	return a.serve(binary, home, args.words)
}

// program is the name of an executable file.
func program(path string) string {
	if runtime.GOOS == "windows" {
		return path + ".exe"
	}
	return path
}

// serverHome is the folder that the server runs in, where its database stays
// from one run to the next. It is not the course's: a server that finds blanks
// beside it refuses to start.
func (a *app) serverHome() (string, error) {
	local, err := a.local()
	if err != nil {
		return "", err
	}
	home := filepath.Join(local, "server")
	return home, os.MkdirAll(home, 0o755)
}

// learnersVersions is each started chapter with what is green in it.
func (a *app) learnersVersions(ctx context.Context) (map[*chapter]tree, error) {
	chapters, err := a.chapters()
	if err != nil {
		return nil, err
	}
	versions := map[*chapter]tree{}
	for _, ch := range chapters {
		if !ch.started {
			continue
		}
		if versions[ch], err = a.learnersVersion(ctx, ch); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

func (a *app) learnersVersion(ctx context.Context, ch *chapter) (tree, error) {
	r, err := a.examine(ctx, ch, ch.exercises, effort{times: 1})
	if err != nil && ch.broken == nil {
		return nil, err
	}
	if ch.broken != nil || r.out.build != "" || r.out.crash != "" {
		a.ui.tell("%s does not compile or breaks off: the reference stands in for all of it", ch.name)
		return ch.reference, nil
	}
	yours := map[mark.ID]bool{}
	var words []string
	for _, v := range r.verdicts {
		if yours[v.exercise.ID] = v.status == passes; v.status == passes {
			words = append(words, v.exercise.String())
		}
	}
	rest := "the rest is the reference"
	if len(words) == len(r.verdicts) {
		rest = "that is all of it"
	}
	a.ui.tell("%s: yours %s; %s", ch.name, orNone(words), rest)
	names, err := namesOf(ctx, a.root, ch.reference)
	if err != nil {
		return nil, err
	}
	return ch.disk.take(ch.reference, func(e mark.Exercise) bool { return !yours[e.ID] }, names)
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

func (a *app) build(ctx context.Context, binary string, o overlay) error {
	done := a.ui.progress("building the server")
	defer done()
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay="+string(o), "-o", binary, "./final")
	cmd.Dir = a.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return refuse(fmt.Sprintf("the server does not compile: %v", err), strings.Split(strings.TrimSpace(string(out)), "\n")...)
	}
	return nil
}

// serve runs the server until it ends. Ctrl-C reaches it from the terminal by
// itself, and this process must not end before it; a plain kill is passed on.
func (a *app) serve(binary, home string, args []string) error {
	cmd := exec.Command(binary, args...)
	cmd.Dir = home
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			if s == syscall.SIGTERM {
				_ = cmd.Process.Signal(s)
			}
		case err := <-ended:
			if _, ok := errors.AsType[*exec.ExitError](err); ok {
				return errRed // the server has said why
			}
			return err
		}
	}
}
