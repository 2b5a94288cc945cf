package sessions

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func newService() *Service {
	return &Service{Key: []byte("a key for tests, and long enough"), AdminKey: "operator", Now: func() time.Time { return time.Unix(1_800_000_000, 0) }}
}

// logIn returns the two tokens of a new session.
func logIn(t *testing.T, s *Service) (access, refresh string) {
	t.Helper()
	rec := httptest.NewRecorder()
	s.LogIn(rec, "JIN HO")
	return tokens(t, rec)
}

func tokens(t *testing.T, rec *httptest.ResponseRecorder) (access, refresh string) {
	t.Helper()
	var body struct{ Token string }
	if err := json.Unmarshal(rec.Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	return body.Token, rec.Result().Cookies()[0].Value
}

func send(h http.HandlerFunc, access, refresh string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	if access != "" {
		r.Header.Set("Authorization", "Bearer "+access)
	}
	if refresh != "" {
		r.AddCookie(&http.Cookie{Name: "refresh", Value: refresh})
	}
	rec := httptest.NewRecorder()
	h(rec, r)
	return rec
}

func TestMe(t *testing.T) {
	s := newService()
	access, _ := logIn(t, s)
	if rec := send(s.Me, access, ""); rec.Code != http.StatusOK {
		t.Errorf("got %d", rec.Code)
	}
	if rec := send(s.Me, "", ""); rec.Code != http.StatusUnauthorized {
		t.Errorf("no token: got %d", rec.Code)
	}
}

func TestMe_expiredToken(t *testing.T) {
	s := newService()
	access, _ := logIn(t, s)
	if rec := send(s.Me, access+"expired", ""); rec.Code != http.StatusUnauthorized {
		t.Errorf("got %d", rec.Code)
	}
}

func TestRefresh(t *testing.T) {
	s := newService()
	_, refresh := logIn(t, s)
	access, _ := tokens(t, send(s.Refresh, "", refresh))
	if rec := send(s.Me, access, ""); rec.Code != http.StatusOK {
		t.Errorf("got %d", rec.Code)
	}
}

func TestLogOut(t *testing.T) {
	s := newService()
	_, refresh := logIn(t, s)
	if rec := send(s.LogOut, "", refresh); rec.Code != http.StatusNoContent {
		t.Errorf("got %d", rec.Code)
	}
}
