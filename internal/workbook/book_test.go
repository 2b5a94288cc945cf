package main

import (
	"context"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
)

// The book tells what check tells, opens the learner's editor, and ends with Ctrl-C, also
// while a page waits for a save.
func TestBook(t *testing.T) {
	s, out := openSession(t, fixture.NewCourse(t))
	require.NoError(t, fixture.Start(t.Context(), s.course, "2"))
	path := filepath.Join(s.course.Root, "02-token", "token.go")
	wrong := strings.Replace(contentOf(t, path), `panic("TODO 2.1 Sum")`, `return s`, 1)
	require.NoError(t, s.course.Write(path, wrong))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- serveBook(ctx, listener, newBook(s)) }()
	ask := func(method, path string) string {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://"+listener.Addr().String()+path, nil)
		require.NoError(t, err)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		return string(body)
	}
	ask("POST", "/2.1/check")
	page := ask("GET", "/2.1")
	assert.Contains(t, page, "2.1 Sum is not right yet")
	assert.Contains(t, page, "next   go tool workbook hint 2.1")
	assert.Empty(t, out.String(), "nothing is printed beside the page")

	_, seen, _ := strings.Cut(page, `data-seen="`)
	waits := make(chan struct{})
	go func() {
		defer close(waits)
		if answer, err := http.Get("http://" + listener.Addr().String() + "/2.1/wait?seen=" + seen[:16]); err == nil {
			_ = answer.Body.Close()
		}
	}()
	stop()
	assert.NoError(t, <-ended)
	<-waits
}

// What check prints comes in the language of the page that shows it, however the tests end.
func TestTell_speaksTheReadersLanguage(t *testing.T) {
	s, _ := openSession(t, fixture.CopyReal(t).Course.Root)
	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	korean := s.runner.Over(s.course.In(text.Korean))
	path := filepath.Join(s.course.Root, "01-middleware", "chain.go")
	for name, body := range map[string]string{
		"blank": `panic("TODO 1.3 Chain")`, "red": "return func(h http.Handler) http.Handler { return h }",
		"broken": "return chained", "ended": "go func() { panic(mws) }()\n\tselect {}",
	} {
		t.Run(name, func(t *testing.T) {
			code := contentOf(t, path)
			head, rest, _ := strings.Cut(code, "func Chain(mws ...Middleware) Middleware {")
			_, rest, _ = strings.Cut(rest, "\n}\n")
			code = head + "func Chain(mws ...Middleware) Middleware {\n" + body + "\n}\n" + rest
			require.NoError(t, s.course.Write(path, code))
			ch, e, err := korean.Course.Exercise("1.3")
			require.NoError(t, err)
			report, err := korean.Examine(t.Context(), ch, []mark.Exercise{e}, gorun.Effort{})
			require.NoError(t, err)
			told := s.tell(report)
			assert.NotEmpty(t, told)
			assert.Empty(t, fixture.EnglishLines(told))
		})
	}
}

func TestPageOf(t *testing.T) {
	s, _ := openSession(t, fixture.NewCourse(t))
	for word, want := range map[string]string{"": "", "02": "2", "01-greet": "1", "1.2": "1.2"} {
		got, err := pageOf(s.course, word)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for _, word := range []string{"7", "1.9", "x"} {
		_, err := pageOf(s.course, word)
		assert.Error(t, err, word)
	}
}

func TestEditIn(t *testing.T) {
	s, _ := openSession(t, fixture.NewCourse(t))
	ch, e, err := s.course.Exercise("1.2")
	require.NoError(t, err)
	var started []string
	start := func(command []string) error {
		started = command
		return nil
	}
	env := map[string]string{"VISUAL": "vim"}
	edit := editIn(func(name string) string { return env[name] }, start)
	assert.ErrorContains(t, edit(ch, e), "set VISUAL", "vim would take a terminal")
	env["VISUAL"] = "code"
	require.NoError(t, edit(ch, e))
	assert.Equal(t, []string{"code", "-g", filepath.Join(ch.Dir, "greet.go") + ":11"}, started)
}
