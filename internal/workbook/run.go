package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// mineToo, as the first word behind run, takes red code too. Every other word is an
// argument of the server.
const mineToo = "--mine"

// runFinal starts the final server. Exercises that are green are the
// learner's; the rest comes from the reference, through an overlay.
func runFinal(ctx context.Context, s *session, args term.Arguments) error {
	words, mine := args.Words, false
	if len(words) > 0 && words[0] == mineToo {
		words, mine = words[1:], true
	}
	if err := refuseRun(s.course, words, mine); err != nil {
		return err
	}
	dir, clean, err := course.NewScratch()
	if err != nil {
		return err
	}
	defer clean()
	binary, exercises, err := buildLearners(ctx, s, dir, mine)
	if err != nil {
		return err
	}
	home, err := homeFor(s, dir, mine)
	if err != nil {
		return err
	}
	if len(words) > 0 {
		return serve(binary, home, words, nil)
	}
	if isPublic(os.Getenv) {
		s.ui.Tell(
			"This server has no lab: it is for an ADDR of this machine, without DOMAIN, PUBLIC_URL and TRUSTED_PROXIES.",
		)
	}
	s.ui.Tell("Now the server speaks: where it listens, what it takes for a setting that is not set, and each request.")
	defer noteLab(s, answersFor(exercises))
	defer answerLab(ctx, s, socketFor(exercises))()
	return serve(binary, home, nil, labSettings(os.Getenv, exercises))
}

// buildLearners builds the server with the learner's code, and writes what its lab reads.
func buildLearners(
	ctx context.Context, s *session, dir *course.Scratch, mine bool,
) (binary, exercises string, err error) {
	chapters, err := s.course.Chapters()
	if err != nil {
		return "", "", err
	}
	versions, whose, err := learnersVersions(ctx, s, chapters, mine)
	if err != nil {
		return "", "", err
	}
	o, err := s.course.WriteOverlay(dir.Folder(), versions)
	if err != nil {
		return "", "", err
	}
	if exercises, err = writeForLab(s, dir.Dir, chapters, whose); err != nil {
		return "", "", err
	}
	binary = gorun.Program(filepath.Join(dir.Dir, "final"))
	return binary, exercises, build(ctx, s, binary, o)
}

// refuseRun says before anything is built that no server could start.
func refuseRun(c *course.Course, words []string, mine bool) error {
	if _, err := os.Stat(filepath.Join(c.Root, "final")); err != nil {
		return term.Refuse(text.T("there is no final server here: %v", err))
	}
	if mine && isPublic(os.Getenv) {
		return term.Refuse(text.T("code that is not green is for this machine alone"),
			"unset ADDR DOMAIN PUBLIC_URL TRUSTED_PROXIES")
	}
	if len(words) > 0 {
		return nil
	}
	return refuseTakenPort(os.Getenv)
}

// homeFor is the folder that a server runs in. Red code gets one that goes with it, with
// keys and a database of its own.
func homeFor(s *session, dir *course.Scratch, mine bool) (string, error) {
	if !mine {
		return serverHome(s.course)
	}
	s.ui.Tell("With --mine the server begins with an empty database, and forgets it at its end.")
	home := dir.Folder()
	return home, os.MkdirAll(home, 0o755)
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

// learnersVersions is each started chapter with what is green in it and, with mine,
// what is red; and whose its exercises are then.
func learnersVersions(
	ctx context.Context, s *session, chapters []*course.Chapter, mine bool,
) (map[*course.Chapter]course.Tree, map[*course.Chapter]authors, error) {
	versions, whose := map[*course.Chapter]course.Tree{}, map[*course.Chapter]authors{}
	for _, ch := range chapters {
		if !ch.Started {
			continue
		}
		var err error
		if versions[ch], whose[ch], err = learnersVersion(ctx, s, ch, mine); err != nil {
			return nil, nil, err
		}
	}
	return versions, whose, nil
}

func learnersVersion(ctx context.Context, s *session, ch *course.Chapter, mine bool) (course.Tree, authors, error) {
	r, err := s.runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 1})
	if err != nil && ch.Broken == nil {
		return nil, nil, err
	}
	if ch.Broken != nil || r.Out.Build != "" || r.Out.Crash != "" && !mine {
		s.ui.Tell("%s does not compile or breaks off: all of it is the reference", ch.Name)
		return ch.Reference, nil, nil
	}
	whose := authorsOf(r.Verdicts, mine)
	sayYours(s.ui, ch, whose.of(green, ch.Exercises), whose.of(red, ch.Exercises))
	names, err := course.NamesOf(ctx, s.course.Root, ch.Reference)
	if err != nil {
		return nil, nil, err
	}
	tree, err := ch.Disk.Take(ch.Reference, func(e mark.Exercise) bool { return whose[e.ID] == "" }, names)
	return tree, whose, err
}

// sayYours names what the server has from the learner in a chapter.
func sayYours(ui *term.UI, ch *course.Chapter, green, red []mark.Exercise) {
	if len(red) > 0 {
		ui.Tell("%s: yours, though not green: %s", ch.Name, strings.Join(term.Texts(red), ", "))
	}
	said := text.Key("%s: yours %s; the rest is the reference")
	if len(green)+len(red) == len(ch.Exercises) {
		said = "%s: yours %s; that is all of it"
	}
	ui.Tell(said, ch.Name, orNone(term.Texts(green)))
}

func orNone(words []string) string {
	if len(words) == 0 {
		return text.T("none")
	}
	return strings.Join(words, ", ")
}

func build(ctx context.Context, s *session, binary string, o course.Overlay) error {
	done := s.ui.Progress("building the server")
	defer done()
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay="+string(o), "-o", binary, "./final")
	cmd.Dir = s.course.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return term.Refuse(text.T("the server does not compile: %v", err),
			strings.Split(strings.TrimSpace(string(out)), "\n")...)
	}
	return nil
}

// serve runs the server until it ends. Ctrl-C reaches it from the terminal by
// itself, and this process must not end before it; a plain kill is passed on.
func serve(binary, home string, args, settings []string) error {
	cmd := exec.Command(binary, args...)
	cmd.Dir = home
	cmd.Env = append(os.Environ(), settings...)
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
