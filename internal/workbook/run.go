package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// runFinal starts the final server. Exercises that are green are the
// learner's; the rest comes from the reference, through an overlay.
func runFinal(ctx context.Context, s *session, args term.Arguments) error {
	if _, err := os.Stat(filepath.Join(s.course.Root, "final")); err != nil {
		return term.Refuse("there is no final server here: " + err.Error())
	}
	if len(args.Words) == 0 {
		if err := refuseTakenPort(os.Getenv); err != nil {
			return err
		}
	}
	dir, clean, err := course.NewScratch()
	if err != nil {
		return err
	}
	defer clean()
	versions, err := learnersVersions(ctx, s)
	if err != nil {
		return err
	}
	o, err := s.course.WriteOverlay(dir.Folder(), versions)
	if err != nil {
		return err
	}
	binary := gorun.Program(filepath.Join(dir.Dir, "final"))
	if err := build(ctx, s, binary, o); err != nil {
		return err
	}
	home, err := serverHome(s.course)
	if err != nil {
		return err
	}
	return serve(binary, home, args.Words)
}

// serverHome is the folder that the server runs in, where its database stays
// from one run to the next. It is not the course's: a server that finds blanks
// beside it refuses to start.
func serverHome(c *course.Course) (string, error) {
	local, err := c.Local()
	if err != nil {
		return "", err
	}
	home := filepath.Join(local, "server")
	return home, os.MkdirAll(home, 0o755)
}

// learnersVersions is each started chapter with what is green in it.
func learnersVersions(ctx context.Context, s *session) (map[*course.Chapter]course.Tree, error) {
	chapters, err := s.course.Chapters()
	if err != nil {
		return nil, err
	}
	versions := map[*course.Chapter]course.Tree{}
	for _, ch := range chapters {
		if !ch.Started {
			continue
		}
		if versions[ch], err = learnersVersion(ctx, s, ch); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

func learnersVersion(ctx context.Context, s *session, ch *course.Chapter) (course.Tree, error) {
	r, err := s.runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 1})
	if err != nil && ch.Broken == nil {
		return nil, err
	}
	if ch.Broken != nil || r.Out.Build != "" || r.Out.Crash != "" {
		s.ui.Tell("%s does not compile or breaks off: all of it is the reference", ch.Name)
		return ch.Reference, nil
	}
	yours := map[mark.ID]bool{}
	var green []mark.Exercise
	for _, v := range r.Verdicts {
		if yours[v.Exercise.ID] = v.Status == gorun.Passes; v.Status == gorun.Passes {
			green = append(green, v.Exercise)
		}
	}
	sayYours(s.ui, ch, green)
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil {
		return nil, err
	}
	return ch.Disk.Take(ch.Reference, func(e mark.Exercise) bool { return !yours[e.ID] }, names)
}

// sayYours names what the server has from the learner in a chapter.
func sayYours(ui *term.UI, ch *course.Chapter, green []mark.Exercise) {
	rest := "the rest is the reference"
	if len(green) == len(ch.Exercises) {
		rest = "that is all of it"
	}
	ui.Tell("%s: yours %s; %s", ch.Name, orNone(term.Texts(green)), rest)
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

func build(ctx context.Context, s *session, binary string, o course.Overlay) error {
	done := s.ui.Progress("building the server")
	defer done()
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay="+string(o), "-o", binary, "./final")
	cmd.Dir = s.course.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return term.Refuse(fmt.Sprintf("the server does not compile: %v", err),
			strings.Split(strings.TrimSpace(string(out)), "\n")...)
	}
	return nil
}

// serve runs the server until it ends. Ctrl-C reaches it from the terminal by
// itself, and this process must not end before it; a plain kill is passed on.
func serve(binary, home string, args []string) error {
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
				return term.ErrRed // the server has said why
			}
			return err
		}
	}
}
