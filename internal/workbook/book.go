package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/book"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// bookAddress is where the book is, so that a page stays where it was left. labPort is
// where `workbook run` puts the lab.
const (
	bookAddress = "127.0.0.1:8090"
	labPort     = "8080"
)

// readBook serves the notes until the command is stopped.
func readBook(ctx context.Context, s *session, args term.Arguments) error {
	at, err := pageOf(s.course, args.First())
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", bookAddress)
	if err != nil {
		if listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
		s.ui.Note("%s is taken, perhaps by another book: this one is elsewhere.", bookAddress)
	}
	s.ui.Label("book", "http://"+listener.Addr().String()+"/"+at)
	s.ui.Tell("Rows turn green in it at each save. Ctrl-C closes it.")
	return serveBook(ctx, listener, newBook(s))
}

// pageOf is the page that the learner names: a chapter, an exercise, or where they are.
func pageOf(c *course.Course, word string) (string, error) {
	if word == "" {
		return "", nil
	}
	if strings.Contains(word, ".") {
		_, e, err := c.Exercise(word)
		return e.ID.String(), err
	}
	ch, err := c.Chapter(word)
	if err != nil {
		return "", err
	}
	return strconv.Itoa(ch.Number), nil
}

// quietRunner runs for a page, and prints nothing beside it.
func (s *session) quietRunner() *gorun.Runner {
	return &gorun.Runner{Course: s.course, Out: term.Pipe(strings.NewReader(""), io.Discard), Limit: s.runner.Limit}
}

// newBook is the book of a session. What a run prints goes to the page.
func newBook(s *session) *book.Book {
	return book.New(book.Config{Runner: s.quietRunner(), Tell: s.tell, Edit: editIn(os.Getenv, startEditor), Lab: labPort,
		Wait: 25 * time.Second, Knock: 300 * time.Millisecond, Now: s.now})
}

// tell is what check prints below its verdicts, in the language of the report's chapter.
func (s *session) tell(r gorun.Report) string {
	var out bytes.Buffer
	ui := term.Pipe(strings.NewReader(""), &out)
	ui.Language, ui.Width = r.Chapter.Language, 50
	told := &session{course: s.course, runner: s.runner, ui: ui, now: s.now}
	if err := printNext(told, r); err != nil {
		return err.Error()
	}
	return strings.TrimSpace(out.String())
}

// editIn shows an exercise in the editor that the environment names.
func editIn(getenv func(string) string, start func([]string) error) func(*course.Chapter, mark.Exercise) error {
	return func(ch *course.Chapter, e mark.Exercise) error {
		command := editor(getenv, filepath.Join(ch.Dir, e.File), e.Line)
		if len(command) == 0 {
			return ch.Errorf("No editor with a window is known: set VISUAL, as in VISUAL=code, and start the book again.")
		}
		return start(command)
	}
}

// serveBook answers until ctx ends. A page that waits for a save does not hold it.
func serveBook(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if err := server.Serve(listener); ctx.Err() == nil {
		return err
	}
	return nil
}
