package main

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// deviceOf logs a user in from an address and returns the cookie of the browser.
func (s *server) deviceOf(body, address string) *http.Cookie {
	s.t.Helper()
	a := s.do("POST", "/login", body, forwarded(address))
	require.Equal(s.t, http.StatusOK, a.status, a.body)
	return a.cookie(s.t, "device")
}

// besiege spends the budget of the account from addresses of one's own.
func (s *server) besiege() {
	s.t.Helper()
	for i := range 100 {
		require.Equal(s.t, http.StatusUnauthorized, s.guessAt("JIN HO", fmt.Sprint("203.0.113.", i/4)))
	}
	require.Equal(s.t, http.StatusTooManyRequests, s.guessAt("JIN HO", "192.0.2.9"))
}

// The owner of an account under attack must be able to do something about it.
func TestDevice_letsTheOwnerInDuringAnAttack(t *testing.T) {
	s := newServer(t, behindAProxy)
	s.signUp()
	const home = "192.0.2.1"
	device := s.deviceOf(testkit.JinHoLogsIn, home)
	assert.Equal(t, "device", device.Name)
	assert.True(t, device.HttpOnly)
	assert.Equal(t, http.SameSiteStrictMode, device.SameSite)
	access, _ := s.logIn()
	s.besiege()

	logIn := func(options ...option) int {
		return s.do("POST", "/login", testkit.JinHoLogsIn, append(options, forwarded(home))...).status
	}
	assert.Equal(t, http.StatusTooManyRequests, logIn(), "a browser that nobody knows")
	assert.Equal(t, http.StatusOK, logIn(cookie(device)))
	assert.Equal(t, http.StatusTooManyRequests, logIn(cookie(device), cookie(&http.Cookie{Name: "device", Value: "x"})),
		"of two that differ neither counts")
	changed := s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`, bearer(access))
	assert.Equal(t, http.StatusNoContent, changed.status, "a live session is enough for that")
	body := `{"username":"JIN HO","password":"new-password"}`
	assert.Equal(t, http.StatusOK,
		s.do("POST", "/login", body, forwarded(home), cookie(changed.cookie(t, "device"))).status)
	assert.Equal(t, http.StatusTooManyRequests, s.do("POST", "/login", body, forwarded(home), cookie(device)).status,
		"the change has ended the cookies before")
}

func TestDevice_ends(t *testing.T) {
	rows := []struct {
		name string
		end  func(t *testing.T, s *server, access string)
	}{
		{"with log-out everywhere", func(t *testing.T, s *server, access string) {
			require.Equal(t, http.StatusNoContent, s.do("POST", "/logout/all", "", bearer(access)).status)
		}},
		{"when the user is disabled, for good", func(t *testing.T, s *server, _ string) {
			require.NoError(t, s.command("disable", "JIN HO"))
			require.NoError(t, s.command("enable", "JIN HO"))
		}},
		{"when an operator sets the password", func(t *testing.T, s *server, _ string) {
			require.NoError(t, s.command("reset-password", "JIN HO"))
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t, behindAProxy)
			s.signUp()
			device := s.deviceOf(testkit.JinHoLogsIn, "192.0.2.1")
			_, refresh := s.logIn()
			require.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", cookie(refresh)).status)
			access, _ := s.logIn()
			s.besiege()
			known := func() int {
				return s.do("POST", "/login", testkit.JinHoLogsIn, cookie(device), forwarded("192.0.2.1")).status
			}
			require.Equal(t, http.StatusOK, known(), "an ordinary log-out ends no cookie")
			row.end(t, s, access)
			assert.Equal(t, http.StatusTooManyRequests, known())
		})
	}
}

// The cookie has a key of its own, made of the secret, and outlives a rotation
// while the secret before is known.
func TestDevice_followsTheRotationOfTheSecret(t *testing.T) {
	s := newServer(t, behindAProxy)
	s.signUp()
	device := s.deviceOf(testkit.JinHoLogsIn, "192.0.2.1")
	s.besiege()
	const next = "another-secret-of-43-characters-Zq8vR2tLw0p"
	for previous, want := range map[string]int{testkit.Secret: http.StatusOK, "": http.StatusTooManyRequests} {
		rotated := newServer(t, behindAProxy, func(c *config.Config) {
			c.DatabaseURL, c.Secret = s.config.DatabaseURL, []byte(next)
			if previous != "" {
				c.PreviousSecret = []byte(previous)
			}
		})
		a := rotated.do("POST", "/login", testkit.JinHoLogsIn, cookie(device), forwarded("192.0.2.1"))
		assert.Equal(t, want, a.status, "the secret before: %q", previous)
	}
}

// Many people share an address with an attacker, who guesses at all of them.
// docs/security.md names both figures.
func TestDevice_behindOneAddressWithAnAttacker(t *testing.T) {
	testkit.SkipUnlessLong(t)
	const shared = "198.51.100.1"
	const people = 200
	s := newServer(t, behindAProxy)
	logIn := func(i int, password string) string {
		return fmt.Sprintf(`{"username":"person %d","password":%q}`, i, password)
	}
	devices := make([]*http.Cookie, people)
	for i := range people {
		body := fmt.Sprintf(`{"username":"person %d","password":"12341234","nickname":"P"}`, i)
		require.Equal(t, http.StatusCreated, s.do("POST", "/signup", body, forwarded(shared)).status)
		devices[i] = s.deviceOf(logIn(i, "12341234"), shared)
	}
	for i := range 400 {
		s.do("POST", "/login", logIn(i%people, "a guess"), forwarded(shared))
	}
	var before, anew atomic.Int64
	var all errgroup.Group
	all.SetLimit(8)
	for i := range people {
		all.Go(func() error {
			s.do("POST", "/login", logIn(i, "a guess"), forwarded(shared))
			if s.do("POST", "/login", logIn(i, "12341234"), forwarded(shared), cookie(devices[i])).status == http.StatusOK {
				before.Add(1)
			}
			if s.do("POST", "/login", logIn(i, "12341234"), forwarded(shared)).status == http.StatusOK {
				anew.Add(1)
			}
			return nil
		})
	}
	require.NoError(t, all.Wait())
	assert.GreaterOrEqual(t, before.Load(), int64(people*95/100), "browsers that have logged in before")
	assert.Zero(t, anew.Load(), "new browsers, for the rest of the hour")
}
