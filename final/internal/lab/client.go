package lab

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
)

// client is a browser that the server plays: the page can't read an HttpOnly cookie,
// and so it is given none.
type client struct {
	access  string
	refresh string // the cookie
	before  string // the cookie that it replaced
}

// request is what a client sends, and to which of the lab's two servers.
type request struct {
	server       int
	method, path string
	body         string
	cookie       string
	bearer       string
	next         string // the password from now on, if the answer is 204
}

// reply is what comes back.
type reply struct {
	status int
	header http.Header
	body   bytes.Buffer
	panic  string // what the code panicked with, and where; "" if it did not
}

// Header implements [http.ResponseWriter].
func (r *reply) Header() http.Header { return r.header }

// WriteHeader implements [http.ResponseWriter].
func (r *reply) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

// Write implements [http.ResponseWriter].
func (r *reply) Write(text []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(text)
}

// cookie returns the refresh cookie that the reply sets, and whether it sets one. It is
// empty where the reply takes it away.
func (r *reply) cookie() (value string, set bool) {
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == "refresh" {
			value, set = c.Value, true
		}
	}
	return value, set
}

// inChapter finds the innermost line of a chapter in a stack.
var inChapter = regexp.MustCompile(`(?m)^\t.*/(0\d-[\w-]+/\w+\.go:\d+)`)

// send asks one of the servers, and keeps a panic for an event.
func (w *world) send(ctx context.Context, ask request) *reply {
	got := send(ctx, w.servers[ask.server], ask)
	if got.panic != "" {
		w.note(event{Name: panicEvent, Reason: got.panic})
	}
	return got
}

// send gives the request to a handler of this process. A learner's code may panic, also
// where fifty requests run at once: that is a reply too, and not the end of the server.
func send(ctx context.Context, to http.Handler, ask request) (got *reply) {
	got = &reply{header: http.Header{}}
	r, err := http.NewRequestWithContext(ctx, ask.method, "http://lab"+ask.path, strings.NewReader(ask.body))
	if err != nil {
		panic(err) // the lab itself wrote it
	}
	ask.fill(r.Header)
	defer func() {
		if v := recover(); v != nil {
			got.status, got.panic = http.StatusInternalServerError, fmt.Sprint(v)
			if at := inChapter.FindSubmatch(debug.Stack()); at != nil {
				got.panic += fmt.Sprintf(" (%s)", at[1])
			}
		}
	}()
	to.ServeHTTP(got, r)
	got.WriteHeader(http.StatusOK)
	return got
}

// fill sets the headers of what the request has.
func (ask request) fill(h http.Header) {
	if ask.body != "" {
		h.Set("Content-Type", "application/json")
	}
	if ask.cookie != "" {
		h.Set("Cookie", "refresh="+ask.cookie)
	}
	if ask.bearer != "" {
		h.Set("Authorization", "Bearer "+ask.bearer)
	}
}
