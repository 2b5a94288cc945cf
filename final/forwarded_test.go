package main

import (
	"net/netip"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"github.com/stretchr/testify/assert"
)

// All who come through a proxy that is not trusted count as one address. The
// operator is told.
func TestForwarded_tellsOfAProxyThatIsNotTrusted(t *testing.T) {
	const told, counted = "TRUSTED_PROXIES does not name", "\nauthbook_unknown_proxy_requests_total "
	forwarded := header("X-Forwarded-For", "203.0.113.9")
	t.Run("once in the log, and each time in the metric", func(t *testing.T) {
		s := newServer(t)
		s.do("GET", "/healthz", "")
		assert.Contains(t, s.scrape(), counted+"0\n")
		assert.NotContains(t, s.log.String(), told)
		for range 3 {
			s.do("GET", "/healthz", "", forwarded)
		}
		assert.Contains(t, s.scrape(), counted+"3\n")
		assert.Equal(t, 1, strings.Count(s.log.String(), told))
		assert.NotContains(t, s.log.String(), "203.0.113.9", "what a stranger claims is not repeated")
	})
	t.Run("not of one that is", func(t *testing.T) {
		s := newServer(t, func(c *config.Config) {
			c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		})
		s.do("GET", "/healthz", "", forwarded)
		assert.Contains(t, s.scrape(), counted+"0\n")
		assert.NotContains(t, s.log.String(), told)
	})
}
