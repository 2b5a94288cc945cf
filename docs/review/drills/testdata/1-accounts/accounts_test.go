package accounts

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"
)

func newHandlers() *Handlers { return &Handlers{Store: &Store{}, Cost: bcrypt.MinCost} }

func post(h http.HandlerFunc, body string) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h(rec, httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body)))
	return rec
}

func TestSignUp(t *testing.T) {
	h := newHandlers()
	rec := post(h.SignUp, `{"username":"JIN HO","nickname":"Mentos","password":"12341234"}`)
	if rec.Code != http.StatusCreated {
		t.Fatalf("got %d", rec.Code)
	}
	if strings.Contains(rec.Body.String(), "hash") || strings.Contains(rec.Body.String(), "1234") {
		t.Fatalf("the answer shows too much: %s", rec.Body)
	}
	if rec := post(h.SignUp, `{"username":"JIN HO","password":"12341234"}`); rec.Code != http.StatusConflict {
		t.Fatalf("a taken name: got %d", rec.Code)
	}
}

func TestLogIn(t *testing.T) {
	h := newHandlers()
	post(h.SignUp, `{"username":"JIN HO","password":"12341234"}`)
	if rec := post(h.LogIn, `{"username":"JIN HO","password":"12341234"}`); rec.Code != http.StatusOK {
		t.Fatalf("got %d", rec.Code)
	}
	if rec := post(h.LogIn, `{"username":"JIN HO","password":"wrong"}`); rec.Code != http.StatusUnauthorized {
		t.Fatalf("a wrong password: got %d", rec.Code)
	}
}

func TestChangePassword(t *testing.T) {
	h := newHandlers()
	post(h.SignUp, `{"username":"JIN HO","password":"12341234"}`)
	rec := post(h.ChangePassword, `{"username":"JIN HO","password":"12341234","newPassword":"43214321"}`)
	if rec.Code != http.StatusNoContent {
		t.Fatalf("got %d", rec.Code)
	}
}
