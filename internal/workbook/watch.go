package main

import (
	"context"
	"fmt"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// watch checks the current exercise on every save and moves on when it is
// green.
func watch(ctx context.Context, s *session, args term.Arguments) error {
	w := &watcher{session: s}
	if s.ui.Screen && !args.Flags["--no-open"] {
		w.edit = startEditor
	}
	ch, chosen, err := choose(s.course, args.First())
	if err != nil {
		return err
	}
	if !ch.Started {
		return term.Refuse(text.T("chapter %d is not started", ch.Number),
			fmt.Sprintf("go tool workbook start %d", ch.Number))
	}
	w.name, w.exercise = ch.Name, w.resume(ch)
	if len(chosen) == 1 {
		w.exercise = chosen[0].ID
	}
	signal.Reset(syscall.SIGPIPE)                      // nobody would read on, and nothing is half done
	if restore, err := s.ui.SingleKeys(); err == nil { // else keys need Enter
		defer restore()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	return w.loop(ctx, s.ui.ReadKeys(ctx, stop))
}

// watcher is a running watch.
type watcher struct {
	*session
	name     string                       // of the chapter
	exercise mark.ID                      // the one worked on
	seen     string                       // state of the files at the last check
	texts    map[mark.ID]string           // of the exercises at the last check
	server   *liveServer                  // with the learner's code; nil while it is off
	moved    *moved                       // the last step to another exercise, while it can be shown again
	opened   map[mark.ID]bool             // the exercises that were shown in an editor
	edit     func(command []string) error // starts an editor; nil where none is wanted
}

// resume is the exercise that the learner left, or the first that is open.
func (w *watcher) resume(ch *course.Chapter) mark.ID {
	p := w.course.ReadProgress()
	if i, ok := mark.ParseID(p.Current); ok {
		if _, ok := course.Find(ch.Exercises, i); ok {
			return i
		}
	}
	if e, ok := course.NextIn(ch, p); ok {
		return e.ID
	}
	return ch.Exercises[0].ID
}

// loop waits for saves and keys until q, or until ctx ends.
func (w *watcher) loop(ctx context.Context, keys <-chan byte) error {
	tick := time.NewTicker(gorun.PollEvery)
	defer tick.Stop()
	defer func() { w.server.stop() }() // the one that runs then; now there is none
	for {
		if w.changed() {
			if err := w.check(ctx); err != nil && ctx.Err() == nil {
				return err
			}
			if w.server != nil {
				w.restart(ctx)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case line, ok := <-w.server.said():
			w.hear(line, ok)
		case key, ok := <-keys:
			if !ok {
				keys = nil // the input ended: go on without keys
			}
			if key == 'q' {
				return nil
			}
			if err := w.press(ctx, key); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

// changed reports whether a file was saved since the last check.
func (w *watcher) changed() (saved bool) {
	w.seen, saved = gorun.Saved(filepath.Join(w.course.Root, w.name), w.seen)
	return saved
}

// check shows the verdict on the current exercise, and moves on past green ones.
func (w *watcher) check(ctx context.Context) error {
	w.clear()
	for {
		ch, err := w.course.Read(w.name)
		if err != nil {
			w.ui.Say("%v", err) // such as a file that is gone: the next save may mend it
			break
		}
		w.follow(ch)
		w.sayAgain(ch)
		e, ok := course.Find(ch.Exercises, w.exercise)
		if !ok {
			return text.Errorf("%s has gone", w.exercise)
		}
		w.open(ch, e)
		r, err := w.runner.Examine(ctx, ch, []mark.Exercise{e}, gorun.Effort{})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			w.ui.Say("%v", err)
			break
		}
		if err := print(w.session, r); err != nil {
			return err
		}
		if !r.Green() {
			break
		}
		w.ui.Say("")
		if !w.next(ch, false) {
			return w.checkAll(ctx, ch)
		}
	}
	w.sayKeys()
	return nil
}

// checkAll is the end of a chapter: no exercise is open, and the tests that
// belong to none have their say.
func (w *watcher) checkAll(ctx context.Context, ch *course.Chapter) error {
	r, err := w.runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{})
	if err != nil {
		return err
	}
	if err := print(w.session, r); err != nil {
		return err
	}
	w.sayKeys()
	return nil
}

func (w *watcher) sayKeys() {
	for _, line := range w.ui.Wrap(text.T("watching %s — h hint · l list · n next · r server · q quit", w.name), 0) {
		w.ui.Say("%s", w.ui.Paint(term.Faint, line))
	}
}

func (w *watcher) clear() {
	if w.ui.Screen {
		w.ui.Measure() // it may have another size since the last save
		fmt.Fprint(w.ui.Out, "\x1b[2J\x1b[H")
	}
}

// press carries out a key.
func (w *watcher) press(ctx context.Context, key byte) error {
	switch key {
	case 'h':
		defer w.sayKeys()
		return hint(ctx, w.session, term.Arguments{Words: []string{w.exercise.String()}})
	case 'l':
		defer w.sayKeys()
		return list(ctx, w.session, term.Arguments{})
	case 'r':
		w.toggle(ctx)
	case 'n':
		ch, err := w.course.Read(w.name)
		if err != nil {
			return err
		}
		if !w.next(ch, true) {
			w.ui.Say("No other exercise of %s is open.", w.name)
			return nil
		}
		return w.check(ctx)
	}
	return nil
}
