package web

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
)

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return rec
}

func get() *http.Request { return httptest.NewRequest("GET", "/", nil) }

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("hello")) })

// list is users by their tokens, or a service that is down.
type list struct {
	names map[string]string
	err   error
}

func (l list) UserOf(_ context.Context, token string) (string, error) { return l.names[token], l.err }

func TestChain(t *testing.T) {
	header := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Layer", "here")
			next.ServeHTTP(w, r)
		})
	}
	if rec := serve(Chain(header, RequestID)(hello), get()); rec.Header().Get("X-Layer") != "here" {
		t.Error("the layer is missing")
	}
}

func TestRequestID(t *testing.T) {
	if rec := serve(RequestID(hello), get()); rec.Header().Get("X-Request-Id") == "" {
		t.Error("no id")
	}
}

func TestRecover(t *testing.T) {
	broken := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("oh") })
	if rec := serve(Recover(broken), get()); rec.Code != http.StatusInternalServerError {
		t.Errorf("got %d", rec.Code)
	}
}

func TestRequireUser(t *testing.T) {
	h := RequireUser(list{names: map[string]string{"t1": "ann"}})(hello)
	r := get()
	r.Header.Set("Authorization", "Bearer t1")
	if rec := serve(h, r); rec.Code != http.StatusOK {
		t.Errorf("got %d", rec.Code)
	}
	if rec := serve(h, get()); rec.Code != http.StatusUnauthorized {
		t.Errorf("no token: got %d", rec.Code)
	}
}

func TestHandler(t *testing.T) {
	h := Handler(func(http.ResponseWriter, *http.Request) error { return errors.New("oh") })
	if rec := serve(h, get()); rec.Code != http.StatusInternalServerError {
		t.Errorf("got %d", rec.Code)
	}
}
