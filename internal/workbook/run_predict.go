package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// predictor makes predictions for the lab, which can't run tests. They speak HTTP over a
// socket in a folder that is this user's alone.
type predictor struct {
	runner *gorun.Runner
	wait   time.Duration // how long a request waits. Who asks again gets what is ready then
	mu     sync.Mutex
	asked  map[mark.ID]bool
	made   map[string]chan *labQuestion // by what the lab asked for
}

// socketFor is where the server's lab asks.
func socketFor(exercises string) string { return filepath.Join(filepath.Dir(exercises), "ask") }

// answerLab serves the lab until the function that it returns is called. Where the system
// has no such sockets, the lab has no predictions.
func answerLab(ctx context.Context, s *session, socket string) (stop func()) {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return func() {}
	}
	p := &predictor{runner: s.quietRunner(), wait: 20 * time.Second,
		asked: map[mark.ID]bool{}, made: map[string]chan *labQuestion{}}
	ctx, cancel := context.WithCancel(ctx)
	server := &http.Server{Handler: p.handler(ctx), ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }() // until it is closed
	return func() { cancel(); _ = server.Close() }
}

// handler answers ?chapters=45&lang=ko: 200 with a question, 202 while the tests run, 404
// where nothing is due.
func (p *predictor) handler(ctx context.Context) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		made := p.begin(ctx, r)
		select {
		case q := <-made:
			p.forget(r)
			if q == nil {
				http.NotFound(w, r)
				return
			}
			_ = json.NewEncoder(w).Encode(q) // fails only if the lab has gone
		case <-time.After(p.wait):
			w.WriteHeader(http.StatusAccepted)
		}
	}
}

// begin returns where the question will be. It starts no second run for the same.
func (p *predictor) begin(ctx context.Context, r *http.Request) chan *labQuestion {
	p.mu.Lock()
	defer p.mu.Unlock()
	made, begun := p.made[r.URL.RawQuery]
	if !begun {
		made = make(chan *labQuestion, 1)
		p.made[r.URL.RawQuery] = made
		in := p.runner.Course.In(text.Language(r.FormValue("lang")))
		go func() { made <- p.make(ctx, in, r.FormValue("chapters")) }()
	}
	return made
}

func (p *predictor) forget(r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.made, r.URL.RawQuery)
}

// make asks about an exercise that is green and due; nil where there is none, or where
// its tests can't be run now.
func (p *predictor) make(ctx context.Context, c *course.Course, chapters string) *labQuestion {
	m := ask.Open(c)
	ch, e, err := dueOf(c, c.ReadProgress(), func(id mark.ID) bool {
		return strings.Contains(chapters, string(id.String()[0])) && !m.Predicted(id) && !p.once(id)
	})
	if err != nil || ch == nil {
		return nil
	}
	diff := func(w course.WrongAnswer) string { return diffIfGreen(c, ch, e, w) }
	made, err := m.Make(ctx, p.runner.Over(c), ch, e, diff)
	if err != nil {
		return nil
	}
	q := made.Question
	q.Because = behind(ch, made)
	return new(forLab(q))
}

// once reports whether the lab was asked about an exercise before, and notes that it is.
func (p *predictor) once(id mark.ID) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.asked[id]
	p.asked[id] = true
	return before
}

// behind is what to show behind the answer, in Markdown.
func behind(ch *course.Chapter, p ask.Made) string {
	if p.Ran == "" {
		return strings.Join(slices.DeleteFunc([]string{
			ch.T("These rows of yours unmask it: %s.", "`"+strings.Join(p.Row.Caught, "`, `")+"`"), p.Row.Seen,
		}, func(s string) bool { return s == "" }), "\n\n")
	}
	failure := term.Shorten(ch.Language, gorun.Brief(ch.Language, p.Row.Output), 12)
	return ch.T("%s. One that fails is `%s`:\n\n```\n%s\n```\n\n%s", p.Ran, p.Row.Name,
		strings.Join(failure, "\n"), p.Hint)
}
