package middleware_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"example.com/authbook/01-middleware"
)

// step is one thing that a handler does.
type step func(w http.ResponseWriter)

func works(d time.Duration) step { return func(http.ResponseWriter) { time.Sleep(d) } }

func sets(value string) step {
	return func(w http.ResponseWriter) { w.Header().Set("X-Response-Time", value) }
}

func sends(status int) step { return func(w http.ResponseWriter) { w.WriteHeader(status) } }

func says(w http.ResponseWriter) { _, _ = io.WriteString(w, "ok") }

func crashes(http.ResponseWriter) { panic("out of paper") }

// timeHeader is the X-Response-Time that a client reads. The server has run for
// an hour, and answers 500 where the handler panics.
func timeHeader(mw middleware.Middleware, handler []step) string {
	h := mw(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for _, do := range handler {
			do(w)
		}
	}))
	time.Sleep(time.Hour)
	w := httptest.NewRecorder()
	func() {
		defer func() {
			if recover() != nil {
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		h.ServeHTTP(w, get("/"))
	}()
	return strings.Join(w.Result().Header.Values("X-Response-Time"), " and ")
}

// The flaws of a timeModel.
const (
	setsAfterwards   = "sets-it-afterwards"
	startsTooEarly   = "starts-with-the-server"
	asksTooEarly     = "asks-before-the-handler"
	countsAll        = "counts-what-comes-later"
	saysSeconds      = "says-seconds"
	saysWholeMs      = "drops-microseconds"
	addsAnother      = "adds-another"
	keepsTheOther    = "keeps-another"
	forgetsRefusals  = "forgets-refusals"
	forgetsNoContent = "forgets-204"
	forgetsSilence   = "forgets-silence"
	forgetsPanics    = "forgets-panics"
)

// timeModel is ResponseTime, written another way, with one flaw or none.
func timeModel(flaw string) middleware.Middleware {
	return func(next http.Handler) http.Handler {
		decorated := time.Now()
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			m := &timeWriter{ResponseWriter: w, flaw: flaw, start: time.Now()}
			switch flaw {
			case startsTooEarly:
				m.start = decorated
			case asksTooEarly:
				m.say()
			}
			defer m.end()
			next.ServeHTTP(m, r)
			m.returned = true
		})
	}
}

// timeWriter is the ResponseWriter of a timeModel.
type timeWriter struct {
	http.ResponseWriter
	flaw     string
	start    time.Time
	said     bool   // the header is set
	status   int    // what the handler sent, 0 before
	body     string // what was kept back
	returned bool   // the handler ended without a panic
}

func (m *timeWriter) WriteHeader(status int) {
	m.status = status
	if m.flaw == countsAll {
		return
	}
	if !(m.flaw == forgetsRefusals && status >= 400 || m.flaw == forgetsNoContent && status == 204 ||
		m.flaw == setsAfterwards) {
		m.say()
	}
	m.ResponseWriter.WriteHeader(status)
}

func (m *timeWriter) Write(p []byte) (int, error) {
	if m.status == 0 {
		m.WriteHeader(http.StatusOK)
	}
	if m.flaw == countsAll {
		m.body += string(p)
		return len(p), nil
	}
	return m.ResponseWriter.Write(p)
}

// end is what happens when the handler has returned or panicked.
func (m *timeWriter) end() {
	silent := m.status == 0
	if !(silent && m.returned && m.flaw == forgetsSilence || !m.returned && m.flaw == forgetsPanics) {
		m.say()
	}
	if m.flaw == countsAll && !silent {
		m.ResponseWriter.WriteHeader(m.status)
		_, _ = io.WriteString(m.ResponseWriter, m.body)
	}
}

// say sets the header, once.
func (m *timeWriter) say() {
	if m.said {
		return
	}
	m.said = true
	took := time.Since(m.start)
	value := fmt.Sprintf("%d.%03dms", took/time.Millisecond, took%time.Millisecond/time.Microsecond)
	switch m.flaw {
	case saysSeconds:
		value = fmt.Sprintf("%.3fs", took.Seconds())
	case saysWholeMs:
		value = fmt.Sprintf("%d.000ms", took/time.Millisecond)
	case keepsTheOther:
		if old := m.Header().Get("X-Response-Time"); old != "" {
			value = old
		}
	case addsAnother:
		m.Header().Add("X-Response-Time", value)
		return
	}
	m.Header().Set("X-Response-Time", value)
}
