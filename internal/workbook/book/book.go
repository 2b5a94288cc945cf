package book

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"example.com/authbook/internal/lang"
	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/onlyhere"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// Config is what a book is made of.
type Config struct {
	Runner *gorun.Runner
	Tell   func(gorun.Report) string                       // what check prints of a report
	Edit   func(ch *course.Chapter, e mark.Exercise) error // shows an exercise in the learner's editor
	Lab    string                                          // the port of the server's lab
	Wait   time.Duration                                   // how long a request waits for a save
	Knock  time.Duration                                   // how long a page waits for the lab's answer
	Now    func() time.Time
}

// Book answers for the pages. It is safe for concurrent use.
type Book struct {
	Config
	course    *course.Course
	bench     bench
	mu        sync.Mutex // of what the learner's files remember, and of predicted
	predicted map[spoken]ask.Made
	handler   http.Handler
}

// New returns the book of a course.
func New(c Config) *Book {
	b := &Book{Config: c, course: c.Runner.Course, predicted: map[spoken]ask.Made{}}
	b.bench = bench{runner: c.Runner, tell: c.Tell, texts: map[mark.ID]string{}, last: map[spoken]result{}}
	b.handler = onlyhere.Guard(http.NotFoundHandler(), isPage)(secured(b.routes()))
	return b
}

// ServeHTTP answers who works at this machine.
func (b *Book) ServeHTTP(w http.ResponseWriter, r *http.Request) { b.handler.ServeHTTP(w, r) }

// isPage reports whether a link may lead there: to a page, and to nothing that it asks for.
func isPage(path string) bool { return strings.Count(path, "/") == 1 }

func (b *Book) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", b.begin)
	mux.HandleFunc("GET /{page}", b.page)
	mux.HandleFunc("GET /diagrams/{chapter}/{name}", b.diagram)
	mux.HandleFunc("GET /{page}/wait", b.atExercise(b.wait))
	mux.HandleFunc("POST /{page}/check", b.atExercise(b.check))
	mux.HandleFunc("POST /{page}/hint", b.atExercise(b.hint))
	mux.HandleFunc("POST /{page}/edit", b.atExercise(b.edit))
	mux.HandleFunc("POST /{page}/predict", b.atExercise(b.predict))
	mux.HandleFunc("POST /{page}/answer", b.atExercise(b.answer))
	addAssets(mux)
	return mux
}

// language is that of the reader, else that of the command.
func (b *Book) language(w http.ResponseWriter, r *http.Request) text.Language {
	return text.Language(lang.Choose(w, r, false, string(b.course.Language)))
}

// exercised answers a request about an exercise.
type exercised func(w http.ResponseWriter, r *http.Request, ch *course.Chapter, e mark.Exercise)

// atExercise finds the exercise of a path.
func (b *Book) atExercise(then exercised) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ch, e, err := b.course.In(b.language(w, r)).Exercise(r.PathValue("page"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		then(w, r, ch, e)
	}
}

// begin leads to where the learner is, in the language that they ask for.
func (b *Book) begin(w http.ResponseWriter, r *http.Request) {
	at := b.course.ReadProgress().Current
	if _, _, err := b.course.Exercise(at); err != nil {
		at = "1"
	}
	to := url.URL{Path: "/" + at, RawQuery: r.URL.RawQuery}
	http.Redirect(w, r, to.String(), http.StatusFound)
}

// wait answers once a file of the chapter is in another state than the page has seen,
// or with 204 when nothing was saved for long.
func (b *Book) wait(w http.ResponseWriter, r *http.Request, ch *course.Chapter, _ mark.Exercise) {
	tick, enough := time.NewTicker(gorun.PollEvery), time.NewTimer(b.Wait)
	defer tick.Stop()
	defer enough.Stop()
	for {
		if _, saved := gorun.Saved(ch.Dir, r.FormValue("seen")); saved {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-enough.C:
			w.WriteHeader(http.StatusNoContent)
			return
		case <-tick.C:
		}
	}
}

// check runs the tests of an exercise. The page shows what they say.
func (b *Book) check(w http.ResponseWriter, r *http.Request, ch *course.Chapter, e mark.Exercise) {
	b.bench.check(r.Context(), ch, e.ID)
	w.WriteHeader(http.StatusNoContent)
}

// edit shows the exercise in the learner's editor, or says why it can't.
func (b *Book) edit(w http.ResponseWriter, _ *http.Request, ch *course.Chapter, e mark.Exercise) {
	said := word(ch.Language, "opened")
	if err := b.Edit(ch, e); err != nil {
		said = err.Error()
	}
	b.write(w, "said", said)
}
