package web

// These tests prove the findings in key.md: each passes because of the bug.

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

// named writes its name when a request comes by.
func named(seen *[]string, name string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			*seen = append(*seen, name)
			next.ServeHTTP(w, r)
		})
	}
}

func TestProof_lastIsFirst(t *testing.T) {
	var seen []string
	serve(Chain(named(&seen, "first"), named(&seen, "second"))(hello), get())
	if seen[0] != "second" {
		t.Error("the first one sees the request first: the bug is gone")
	}
}

func TestProof_clientChoosesTheID(t *testing.T) {
	r := get()
	r.Header.Set("X-Request-Id", strings.Repeat("somebody else's ", 200))
	if rec := serve(RequestID(hello), r); len(rec.Header().Get("X-Request-Id")) < 3000 {
		t.Error("the client's id is not taken: the bug is gone")
	}
}

func TestProof_abortIsAnswered(t *testing.T) {
	cut := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	rec := serve(Recover(http.HandlerFunc(cut)), get())
	if rec.Code != http.StatusInternalServerError {
		t.Error("the connection would be cut: the bug is gone")
	}
}

func TestProof_errorInTheMiddle(t *testing.T) {
	rec := serve(Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"half":`))
		panic("oh")
	})), get())
	if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "internal error") {
		t.Error("the half answer is not finished as if all were well: the bug is gone")
	}
}

func TestProof_outageLetsIn(t *testing.T) {
	rec := serve(RequireUser(list{err: errors.New("the users are down")})(hello), get())
	if rec.Code != http.StatusOK {
		t.Error("nobody is let in: the bug is gone")
	}
}

func TestProof_causeIsTold(t *testing.T) {
	h := Handler(func(http.ResponseWriter, *http.Request) error { return errors.New("dial 10.0.0.7:5432: refused") })
	if rec := serve(h, get()); !strings.Contains(rec.Body.String(), "10.0.0.7") {
		t.Error("the cause stays here: the bug is gone")
	}
}

func TestProof_anySchemeWillDo(t *testing.T) {
	r := get()
	r.Header.Set("Authorization", "t1")
	if rec := serve(RequireUser(list{names: map[string]string{"t1": "ann"}})(hello), r); rec.Code != http.StatusOK {
		t.Error("a token without a scheme is refused: it is no longer true")
	}
}
