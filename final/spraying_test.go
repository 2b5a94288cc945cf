package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// behindAProxy lets the header forwarded tell the client's address.
func behindAProxy(c *config.Config) {
	c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
}

func forwarded(address string) option { return header("X-Forwarded-For", address) }

// guessAt sends a wrong password for a name.
func (s *server) guessAt(name, address string) int {
	return s.do("POST", "/login", fmt.Sprintf(`{"username":%q,"password":"wrong"}`, name), forwarded(address)).status
}

// One password on many names costs an address its budget, on whichever server it
// tries and by whichever door.
func TestSpraying_isCountedInTheDatabase(t *testing.T) {
	here := newServer(t, behindAProxy)
	here.signUp()
	there := newServer(t, behindAProxy, func(c *config.Config) { c.DatabaseURL = here.config.DatabaseURL })
	const sprayer, other = "203.0.113.9", "203.0.113.10"
	for i := range 298 {
		require.Equal(t, http.StatusUnauthorized, here.guessAt(fmt.Sprint("name ", i), sprayer))
	}
	for range 2 {
		require.Equal(t, http.StatusConflict, here.do("POST", "/signup", testkit.JinHo, forwarded(sprayer)).status)
	}
	for _, s := range []*server{here, there} {
		assert.Equal(t, http.StatusTooManyRequests, s.guessAt("one more", sprayer))
		assert.Equal(t, http.StatusTooManyRequests,
			s.do("POST", "/login", testkit.JinHoLogsIn, forwarded(sprayer)).status, "the right password must not tell")
		assert.Equal(t, http.StatusTooManyRequests, s.do("POST", "/signup", testkit.JinHo, forwarded(sprayer)).status)
		assert.Equal(t, http.StatusOK, s.do("POST", "/login", testkit.JinHoLogsIn, forwarded(other)).status)
	}
}
