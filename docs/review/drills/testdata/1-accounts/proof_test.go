package accounts

// These tests prove the findings in key.md: each passes because of the bug.

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestProof_roleFromTheClient(t *testing.T) {
	h := newHandlers()
	rec := post(h.SignUp, `{"username":"eve","password":"12341234","role":"ADMIN"}`)
	if rec.Code != http.StatusCreated || h.Store.Find("eve").Role != "ADMIN" {
		t.Error("eve is no administrator: the bug is gone")
	}
}

func TestProof_nameTakenTwice(t *testing.T) {
	h := newHandlers()
	h.Cost = 8 // long enough to meet in the gap
	start := make(chan struct{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			<-start
			post(h.SignUp, `{"username":"eve","password":"12341234"}`)
		})
	}
	close(start)
	all.Wait()
	if len(h.Store.users) < 2 {
		t.Error("one name, one user: the bug is gone")
	}
}

func TestProof_longPassword(t *testing.T) {
	rec := post(newHandlers().SignUp, `{"username":"eve","password":"`+strings.Repeat("가", 25)+`"}`)
	if rec.Code != http.StatusInternalServerError {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

func TestProof_enumeration(t *testing.T) {
	h := newHandlers()
	post(h.SignUp, `{"username":"eve","password":"12341234"}`)
	wrong := post(h.LogIn, `{"username":"eve","password":"x"}`)
	unknown := post(h.LogIn, `{"username":"nobody","password":"x"}`)
	if wrong.Code == unknown.Code && wrong.Body.String() == unknown.Body.String() {
		t.Error("both answers are the same: the bug is gone")
	}
}

func TestProof_enumerationByTime(t *testing.T) {
	h := newHandlers()
	h.Cost = 8 // some 15 ms, and the other way takes none
	post(h.SignUp, `{"username":"eve","password":"12341234"}`)
	change := func(name string) time.Duration {
		shortest := time.Hour
		for range 5 {
			began := time.Now()
			post(h.ChangePassword, `{"username":"`+name+`","password":"x"}`)
			shortest = min(shortest, time.Since(began))
		}
		return shortest
	}
	if known, unknown := change("eve"), change("nobody"); known < 5*unknown {
		t.Errorf("%v and %v: the bug is gone", known, unknown)
	}
}

func TestProof_emptySignUp(t *testing.T) {
	if rec := post(newHandlers().SignUp, `{}`); rec.Code != http.StatusCreated {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

func TestProof_anyBody(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	rec := post(newHandlers().SignUp, `{"username":"eve","password":"12341234","nickname":"`+long+`"}`)
	if rec.Code != http.StatusCreated {
		t.Errorf("got %d: it is no longer true", rec.Code)
	}
}

func TestProof_oldPasswordStays(t *testing.T) {
	h := newHandlers()
	post(h.SignUp, `{"username":"eve","password":"12341234"}`)
	post(h.ChangePassword, `{"username":"eve","password":"12341234","newPassword":"43214321"}`)
	if rec := post(h.LogIn, `{"username":"eve","password":"12341234"}`); rec.Code != http.StatusOK {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}
