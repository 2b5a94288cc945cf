package gate

// These tests prove the labels in key.md.

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func request(authorization string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	return r
}

func TestClaim_caseOfTheToken(t *testing.T) {
	s := New(time.Now)
	token := s.Open(time.Hour)
	if got, ok := Bearer(request("bEARER " + token)); !ok || got != token {
		t.Errorf("got %q, %v", got, ok)
	}
	if s.Valid(strings.ToLower(token)) {
		t.Error("the token in small letters is accepted")
	}
}

func TestClaim_lostHeader(t *testing.T) {
	rec := httptest.NewRecorder()
	Require(New(time.Now), http.NotFoundHandler()).ServeHTTP(rec, request(""))
	if got := rec.Result().Header.Get("WWW-Authenticate"); got != "" {
		t.Errorf("it arrives: %q", got)
	}
}

// Close returns while somebody else holds a read lock: so two may be in there.
func TestClaim_readLock(t *testing.T) {
	s := New(time.Now)
	s.mu.RLock()
	defer s.mu.RUnlock()
	done := make(chan struct{})
	go func() {
		s.Close("x")
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Error("Close waits for the read lock")
	}
}

func TestClaim_predictable(t *testing.T) {
	text, err := os.ReadFile("gate.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), `"crypto/rand"`) || strings.Contains(string(text), `"math/rand`) {
		t.Error("rand is not crypto/rand")
	}
}

func TestClaim_lastMoment(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	s := New(func() time.Time { return now })
	token := s.Open(time.Minute)
	now = now.Add(time.Minute)
	if !s.Valid(token) {
		t.Error("it is refused at its end")
	}
}

func TestClaim_noHeader(t *testing.T) {
	if token, ok := Bearer(request("")); ok || token != "" {
		t.Errorf("got %q, %v", token, ok)
	}
}

func TestClaim_cutSyllable(t *testing.T) {
	if utf8.ValidString(Short("가나다", 4)) {
		t.Error("nothing is cut in two")
	}
}

func TestClaim_carriesOn(t *testing.T) {
	called := false
	next := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { called = true })
	Require(New(time.Now), next).ServeHTTP(httptest.NewRecorder(), request("Bearer x"))
	if called {
		t.Error("next is called for a refused request")
	}
}

func TestClaim_noClock(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic: the claim would be wrong")
		}
	}()
	New(nil).Open(time.Minute)
}

func TestClaim_emptyRefusal(t *testing.T) {
	rec := httptest.NewRecorder()
	Require(New(time.Now), http.NotFoundHandler()).ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	if rec.Code != http.StatusUnauthorized || rec.Body.Len() != 0 {
		t.Error("there is a body: the claim would be wrong")
	}
}
