package main

import (
	_ "embed"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// The server of a watch tells the way of each request through the middlewares: in the
// place of the code that names them for the lab it has code that watches them.

//go:embed watched/step.go.txt
var watchedStep string

// watchWays adds that file to an overlay.
func watchWays(root string, o course.Overlay) error {
	text, err := os.ReadFile(string(o))
	if err != nil {
		return err
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &overlay); err != nil {
		return err
	}
	path := filepath.Join(filepath.Dir(string(o)), "step.go")
	if err := os.WriteFile(path, []byte(watchedStep), 0o644); err != nil {
		return err
	}
	overlay.Replace[filepath.Join(root, "final", "internal", "web", "step.go")] = path
	if text, err = json.Marshal(overlay); err != nil {
		return err
	}
	return os.WriteFile(string(o), text, 0o644)
}

// way is which middlewares a request has entered, and which of them handed it on.
type way struct {
	RequestID string   `json:"request_id"`
	Path      string   `json:"path"`
	Entered   []string `json:"entered"`
	Passed    []string `json:"passed"`
}

// line is what the server logs.
type line struct {
	Level, Msg, Method, Route, Error string
	Status                           int
	Duration                         time.Duration
	RequestID                        string `json:"request_id"`
	Way                              *way
}

// isReady is the line with which a server says where it listens, in either language.
var isReady = regexp.MustCompile(`^authbook .*: +(http\S+)$`)

// hear shows a line of the server: where it listens, what failed, and the way of each
// request.
func (w *watcher) hear(text string, ok bool) {
	if !ok {
		w.server.stop()
		w.server = nil
		w.ui.Say("The server has ended.")
		return
	}
	var l line
	_ = json.Unmarshal([]byte(text), &l)
	switch {
	case isReady.MatchString(text):
		w.ui.Say("The server is ready: %s", isReady.FindStringSubmatch(text)[1])
	case strings.HasPrefix(text, "final: "):
		w.ui.Say("%s", w.ui.Explained(text))
	case l.Msg == "request":
		w.tell(l.RequestID, l)
	case l.Way != nil:
		w.tell(l.Way.RequestID, l)
	case l.Level == "ERROR":
		w.ui.Tell("The server logs an error: %s %s %s", l.Msg, l.Route, l.Error)
	}
}

// tell shows a request once both its way and its line in the log are here: either may
// come first.
func (w *watcher) tell(id string, l line) {
	other, ok := w.server.half[id]
	if !ok {
		w.server.half[id] = l
		return
	}
	delete(w.server.half, id)
	if l.Way == nil {
		l, other = other, l
	}
	w.ui.Say("%s", wayOf(other, *l.Way, w.ui.Width))
}

// wayOf is "GET /me  401 in 0.2 ms by Authenticate: RequestID > AccessLog > … > Authenticate".
// It is one line: where that is too long, the middle of the way is left out.
func wayOf(l line, w way, width int) string {
	who := text.T("the handler")
	if i := slices.IndexFunc(w.Entered, func(name string) bool { return !slices.Contains(w.Passed, name) }); i >= 0 {
		who = w.Entered[i]
	}
	path := l.Route[strings.IndexByte(l.Route, ' ')+1:] // behind the method of the pattern, if it has one
	if path == "" {
		path = w.Path // it was refused before a route was chosen
	}
	head := text.T("%s %s  %d in %.1f ms by %s: ", l.Method, path, l.Status, l.Duration.Seconds()*1000, who)
	names := strings.Join(w.Entered, " > ")
	for first := 2; term.ColumnsOf(head+names) > width && first < len(w.Entered); first++ {
		names = strings.Join(append([]string{w.Entered[0], "…"}, w.Entered[first:]...), " > ")
	}
	return term.Cut(head+names, width)
}
