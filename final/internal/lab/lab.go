package lab

import (
	"encoding/json"
	"net/http"

	"example.com/authbook/internal/onlyhere"
	"example.com/authbook/internal/problem"
)

// Config is what the server hands to its lab.
type Config struct {
	Course  Course
	Missing http.Handler       // answers what is not there, as the server does
	Judge   func(string) error // why the server itself refuses a token, by its own keys
}

// Lab is the page and what it asks the server. It is safe for concurrent use.
type Lab struct {
	config  Config
	handler http.Handler
	tokens  *anatomy
	stage   stage
	ways    ways

	predictions *predictions
}

// New returns a lab with keys of its own.
func New(c Config) (*Lab, error) {
	tokens, err := newAnatomy(c.Judge)
	if err != nil {
		return nil, err
	}
	l := &Lab{config: c, tokens: tokens, predictions: newPredictions(c.Course.Asks)}
	l.handler = onlyhere.Guard(c.Missing, func(path string) bool { return path == "/lab/" })(l.routes())
	return l, nil
}

// ServeHTTP answers /lab and all below it.
func (l *Lab) ServeHTTP(w http.ResponseWriter, r *http.Request) { l.handler.ServeHTTP(w, r) }

func (l *Lab) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /lab", http.RedirectHandler("/lab/", http.StatusFound))
	mux.HandleFunc("GET /lab/api/exercises", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, l.config.Course.Exercises)
	})
	l.anatomy(mux)
	l.chain(mux)
	l.sessions(mux)
	l.password(mux)
	l.quiz(mux)
	addAssets(mux)
	mux.Handle("/", l.config.Missing)
	return mux
}

// answer writes v as JSON.
func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // fails only if the client has gone
}

// ask reads the JSON of a request into v, or answers why it can't and returns false.
func ask(w http.ResponseWriter, r *http.Request, v any) bool {
	if err := json.NewDecoder(r.Body).Decode(v); err != nil {
		problem.Write(w, problem.New(problem.MalformedRequest, "The body must be the JSON that the page sends."))
		return false
	}
	return true
}
