package main

import (
	"net/http"
	"regexp"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The transcript of README.md, byte for byte.
func TestTranscript(t *testing.T) {
	s := newServer(t)
	const jin = `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}` + "\n"

	signedUp := s.do("POST", "/signup", testkit.JinHo)
	assert.Equal(t, http.StatusCreated, signedUp.status)
	assert.Equal(t, jin, signedUp.body)

	loggedIn := s.do("POST", "/login", testkit.JinHoLogsIn)
	assert.Equal(t, http.StatusOK, loggedIn.status)
	assert.Regexp(t, regexp.MustCompile(`^\{"token":"eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"\}\n$`),
		loggedIn.body)

	me := s.do("GET", "/me", "", bearer(loggedIn.token(t)))
	assert.Equal(t, http.StatusOK, me.status)
	assert.Equal(t, jin, me.body)
}

func TestLogIn_setsTheRefreshCookieAsThePublicURLAsks(t *testing.T) {
	rows := []struct {
		name, publicURL, cookie string
		secure                  bool
	}{
		{"plain HTTP on localhost", "http://localhost:8080", "refresh", false},
		{"HTTPS", "https://auth.example.com", "__Host-refresh", true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t, func(c *config.Config) { c.PublicURL = config.Origin(row.publicURL) })
			s.signUp()
			a := s.do("POST", "/login", testkit.JinHoLogsIn)
			c := a.refresh(t)
			assert.Equal(t, row.cookie, c.Name)
			assert.Equal(t, row.secure, c.Secure)
			assert.True(t, c.HttpOnly)
			assert.Equal(t, http.SameSiteStrictMode, c.SameSite)
			assert.Equal(t, "/", c.Path)
			assert.Empty(t, c.Domain)
			assert.Equal(t, "no-store", a.header.Get("Cache-Control"))

			other := map[string]string{"refresh": "__Host-refresh", "__Host-refresh": "refresh"}[c.Name]
			assert.Equal(t, "TOKEN_NOT_FOUND",
				s.do("POST", "/refresh", "", cookie(&http.Cookie{Name: other, Value: c.Value})).code(),
				"only the cookie's own name is read")
		})
	}
}

func TestLogIn_withASessionThatIsOverOpensANewOne(t *testing.T) {
	s := newServer(t)
	s.signUp()
	first, cookieOfFirst := s.logIn()
	require.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", cookie(cookieOfFirst)).status)
	second, _ := s.logIn()
	assert.Equal(t, http.StatusUnauthorized, s.me(first))
	assert.Equal(t, http.StatusOK, s.me(second))
}
