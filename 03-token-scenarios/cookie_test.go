package tokens

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The cookie is given code. It runs through no exercise, and its tests neither.

func TestCookie_set(t *testing.T) {
	pair := func(ttl time.Duration) Pair { return Pair{RefreshToken: "rt1.x", RefreshTTL: ttl} }
	rows := []struct {
		name   string
		secure bool
		pair   Pair
		want   string
	}{
		{"over https", true, pair(time.Hour), "__Host-refresh=rt1.x; Path=/; Max-Age=3600; HttpOnly; Secure; SameSite=Strict"},
		{"over http", false, pair(time.Hour), "refresh=rt1.x; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict"},
		{"for whole seconds", false, pair(1999 * time.Millisecond), "refresh=rt1.x; Path=/; Max-Age=1; HttpOnly; SameSite=Strict"},
		{"never without a Max-Age", false, pair(time.Millisecond), "refresh=rt1.x; Path=/; Max-Age=1; HttpOnly; SameSite=Strict"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			NewCookie(row.secure).set(w, row.pair)
			assert.Equal(t, []string{row.want}, w.Header().Values("Set-Cookie"))
		})
	}
}

func TestCookie_clear(t *testing.T) {
	w := httptest.NewRecorder()
	NewCookie(true).clear(w)
	cleared := []string{"__Host-refresh=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"}
	assert.Equal(t, cleared, w.Header().Values("Set-Cookie"),
		"a browser refuses a __Host- cookie without Secure and Path=/, even one that removes it")
}

func TestCookie_read(t *testing.T) {
	rows := []struct {
		name   string
		secure bool
		header []string
		token  string
		want   problem.Code
	}{
		{name: "its own cookie", header: []string{"refresh=a"}, token: "a"},
		{name: "among others", header: []string{"theme=dark; refresh=a; lang=ko"}, token: "a"},
		{name: "none", want: problem.TokenNotFound},
		{name: "an empty one", header: []string{"refresh="}, want: problem.TokenNotFound},
		{name: "the name of the other scheme", header: []string{"__Host-refresh=a"}, want: problem.TokenNotFound},
		{name: "https takes no cookie that plain http could set", secure: true, header: []string{"refresh=a"}, want: problem.TokenNotFound},
		{name: "https and its own", secure: true, header: []string{"refresh=planted; __Host-refresh=a"}, token: "a"},
		{name: "another case is another name", header: []string{"Refresh=a"}, want: problem.TokenNotFound},
		{name: "twice the same", header: []string{"refresh=a; refresh=a"}, token: "a"},
		{name: "two that differ", header: []string{"refresh=a; refresh=b"}, want: problem.InvalidToken},
		{name: "two that differ, in two headers", header: []string{"refresh=a", "refresh=b"}, want: problem.InvalidToken},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/refresh", nil)
			r.Header["Cookie"] = row.header
			token, err := NewCookie(row.secure).read(r)
			require.Equal(t, row.want, code(err))
			assert.Equal(t, row.token, token)
		})
	}
}
