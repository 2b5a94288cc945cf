package lab

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	middleware "example.com/authbook/01-middleware"
)

// keptWays is how many requests are remembered, and the others how much of the log of
// one: a panic has a long stack.
const (
	keptWays  = 200
	keptLines = 8
	keptBytes = 1000
)

// way is the way of one request through the middlewares. Of the request itself it has
// names and lengths alone: no path, query or value of a header, and nothing of the body.
type way struct {
	mu    sync.Mutex // others than who serves may write logs, and the steps
	start time.Time
	id    string
	hide  *strings.Replacer // nil once the answer is there: what it knows is forgotten then

	Route   string   `json:"route"` // the pattern that matched
	Query   int      `json:"query"` // bytes, as Body is; -1: its sender did not say
	Body    int64    `json:"body"`
	Headers []length `json:"headers"`
	Steps   []*stay  `json:"steps"` // from the outside in
	Log     []string `json:"log"`   // what was logged meanwhile
}

// length is a header, and how long its values are together.
type length struct {
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// stay is a request's stay in one middleware: four moments, each a time since it came.
// What was not handed on has no Passed and no Back.
type stay struct {
	Name   string         `json:"name"`
	In     time.Duration  `json:"in"`
	Passed *time.Duration `json:"passed"`
	Back   *time.Duration `json:"back"`
	Out    time.Duration  `json:"out"`
}

type wayKey struct{}

func wayOf(ctx context.Context) *way {
	known, _ := ctx.Value(wayKey{}).(*way)
	return known
}

func newWay(r *http.Request) *way {
	known := &way{Headers: []length{}, Log: []string{}}
	known.Query, known.Body = len(r.URL.RawQuery), r.ContentLength
	for name, values := range r.Header {
		known.Headers = append(known.Headers, length{name, len(strings.Join(values, ""))})
	}
	slices.SortFunc(known.Headers, func(a, b length) int { return strings.Compare(a.Name, b.Name) })
	known.start, known.hide = time.Now(), namesFor(r)
	return known
}

func (w *way) now() time.Duration { return time.Since(w.start) }

// enter notes a request's way in, and returns the function that notes its way out.
func (w *way) enter(name string) (leave func()) {
	s := &stay{Name: name, In: w.now()}
	w.locked(func() { w.Steps = append(w.Steps, s) })
	return func() { w.locked(func() { s.Out = w.now() }) }
}

// locked does something alone: red code may hand a request on in a goroutine of its own,
// which still runs while the page reads.
func (w *way) locked(do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	do()
}

// pass notes that the middleware hands the request on, and returns the function that
// notes that it has the answer.
func (w *way) pass(name string) (back func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range slices.Backward(w.Steps) {
		if s.Name == name {
			s.Passed = new(w.now())
			return func() { w.locked(func() { s.Back = new(w.now()) }) }
		}
	}
	return func() {} // the context came from another request: red code can do that
}

// Step is m, watched under a name. The outermost one keeps the way when it is done.
func (l *Lab) Step(name string, m middleware.Middleware) middleware.Middleware {
	return func(next http.Handler) http.Handler {
		inner := m(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if known := wayOf(r.Context()); known != nil {
				defer known.pass(name)()
			}
			next.ServeHTTP(w, r)
		}))
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			known := wayOf(r.Context())
			if known == nil {
				known = newWay(r)
				outer, watched := r, r.WithContext(context.WithValue(r.Context(), wayKey{}, known))
				defer func() { outer.Pattern = watched.Pattern; l.ways.keep(known, w.Header(), watched.Pattern) }()
				r = watched
			}
			defer known.enter(name)()
			inner.ServeHTTP(w, r)
		})
	}
}

// ways are those of the last requests, but for questions about them.
type ways struct {
	mu   sync.Mutex
	last [keptWays]*way
	next int
}

func (ws *ways) keep(w *way, answered http.Header, route string) {
	if strings.HasSuffix(route, wayPath) {
		return
	}
	w.locked(func() { w.Route, w.id, w.hide = route, answered.Get("X-Request-Id"), nil })
	ws.mu.Lock()
	defer ws.mu.Unlock()
	ws.last[ws.next%keptWays] = w
	ws.next++
}

// of returns the way of the request that got this id, or nil.
func (ws *ways) of(id string) *way {
	ws.mu.Lock()
	defer ws.mu.Unlock()
	i := slices.IndexFunc(ws.last[:], func(w *way) bool { return w != nil && w.id == id })
	if i < 0 {
		return nil
	}
	return ws.last[i]
}

// wayPath is where the page asks for a way.
const wayPath = "/lab/api/chain/{id}"

// chain adds the API of the panel.
func (l *Lab) chain(mux *http.ServeMux) {
	mux.HandleFunc("GET "+wayPath, func(w http.ResponseWriter, r *http.Request) {
		known := l.ways.of(r.PathValue("id"))
		if known != nil {
			known.mu.Lock()
			defer known.mu.Unlock()
		}
		answer(w, known)
	})
}
