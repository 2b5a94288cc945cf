package main

import (
	"net/http"
	"strconv"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Failures are counted in the database: neither another server nor a restart
// gives a guesser new ones. An owner on another address is not kept out.
func TestThrottle_holdsOverServersAndRestarts(t *testing.T) {
	here, there := two(t)
	stop := stoppedClock()
	stop(here)
	stop(there)
	here.signUp()
	guess := func(s *server) answer { return s.do("POST", "/login", `{"username":"JIN HO","password":"wrong"}`) }
	until429(t, func() answer { return guess(here) })
	first := guess(there)
	assert.Equal(t, http.StatusTooManyRequests, first.status, "the other server counts too")
	seconds, err := strconv.Atoi(first.header.Get("Retry-After"))
	require.NoError(t, err)
	assert.Positive(t, seconds)

	restarted := stop(newServer(t, func(c *config.Config) { c.DatabaseURL = here.config.DatabaseURL }))
	assert.Equal(t, http.StatusTooManyRequests, guess(restarted).status, "and so does one that has just started")

	owner := stop(newServer(t, behindAProxy, func(c *config.Config) { c.DatabaseURL = here.config.DatabaseURL }))
	elsewhere := header("X-Forwarded-For", "203.0.113.9")
	assert.Equal(t, http.StatusOK, owner.do("POST", "/login", testkit.JinHoLogsIn, elsewhere).status,
		"the owner logs in from another address")
	assert.Equal(t, http.StatusTooManyRequests, guess(here).status, "which frees nobody else")

	forged := header("X-Forwarded-For", "203.0.113.10")
	assert.Equal(t, http.StatusTooManyRequests,
		here.do("POST", "/login", `{"username":"JIN HO","password":"wrong"}`, forged).status,
		"an address that no trusted proxy vouches for is a word")
}

func TestAdmin_nobodyIsThereAtFirst(t *testing.T) {
	s := newServer(t)
	assert.NotContains(t, s.output("list"), "ed", "neither enabled nor disabled")
	for _, name := range []string{"admin", "root", "administrator", "test", "user"} {
		require.ErrorContains(t, s.command("grant", name), "no user is named", name)
	}
}
