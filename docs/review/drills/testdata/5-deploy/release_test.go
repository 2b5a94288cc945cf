package release

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

func ask(h *Health) *httptest.ResponseRecorder {
	rec := httptest.NewRecorder()
	h.Ready(rec, httptest.NewRequest("GET", "/readyz", nil))
	return rec
}

func TestHealth(t *testing.T) {
	h := &Health{Ping: func(context.Context) error { return nil }}
	if rec := ask(h); rec.Code != http.StatusOK {
		t.Errorf("got %d", rec.Code)
	}
	h.Ping = func(context.Context) error { return errors.New("down") }
	if rec := ask(h); rec.Code != http.StatusServiceUnavailable {
		t.Errorf("without its database: got %d", rec.Code)
	}
}

func TestNewServer(t *testing.T) {
	if s := NewServer(":0", http.NotFoundHandler()); s.Handler == nil || s.Addr != ":0" {
		t.Error("not the server that was asked for")
	}
}

func TestCheck(t *testing.T) {
	const sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	if err := Check([]byte("hello"), sum); err != nil {
		t.Error(err)
	}
	if Check([]byte("hellO"), sum) == nil {
		t.Error("another file passes")
	}
}

func TestSwitch(t *testing.T) {
	link := filepath.Join(t.TempDir(), "current")
	for _, release := range []string{"v1", "v2"} {
		if err := Switch(link, release); err != nil {
			t.Fatal(err)
		}
		if got, _ := os.Readlink(link); got != release {
			t.Errorf("got %s", got)
		}
	}
}

func TestRun(t *testing.T) {
	undone := 0
	Run([]Step{
		{Do: func() error { return nil }, Undo: func() { undone++ }},
		{Do: func() error { return errors.New("full disk") }},
	})
	if undone != 1 {
		t.Errorf("%d steps were taken back", undone)
	}
}
