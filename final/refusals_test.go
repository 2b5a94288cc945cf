package main

import (
	"fmt"
	"net/http"
	"net/netip"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A stranger may send bad tokens as often as they like. Of each address some are
// recorded, and of the rest how many they were.
func TestAudit_boundsTheRecordsOfRefusals(t *testing.T) {
	const sent, recorded = 50, 20
	rows := []struct {
		name, event string
		send        func(s *server, access string, from option) answer
	}{
		{"a bad access token", "token_refused", func(s *server, access string, from option) answer {
			return s.do("GET", "/me", "", bearer(flipLast(access)), from)
		}},
		{"a bad refresh token", "refresh_failed", func(s *server, _ string, from option) answer {
			return s.do("POST", "/refresh", "", cookie(&http.Cookie{Name: "refresh", Value: "rt1.x.1.y"}), from)
		}},
		{"a page of another site", "cross_site_refused", func(s *server, _ string, from option) answer {
			return s.do("POST", "/login", "", header("Sec-Fetch-Site", "cross-site"), from)
		}},
		{"a sign-up that can't be", "signup_failed", func(s *server, _ string, from option) answer {
			return s.do("POST", "/signup", `{"username":"x"}`, from)
		}},
		{"a user who is no administrator", "access_denied", func(s *server, access string, from option) answer {
			return s.do("PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["ADMIN"]}`, bearer(access), from)
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t, func(c *config.Config) {
				c.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
			})
			s.signUp()
			access, _ := s.logIn()
			here := header("X-Forwarded-For", "203.0.113.9")
			for range sent {
				require.Contains(t, []int{400, 401, 403}, row.send(s, access, here).status)
			}
			assert.Equal(t, recorded, s.recordsOf(row.event, "203.0.113.9"))
			assert.Contains(t, s.scrape(), `authbook_events_total{event="`+row.event+`"} `+strconv.Itoa(sent),
				"the metrics have all of them")
			row.send(s, access, header("X-Forwarded-For", "203.0.113.10"))
			assert.Equal(t, 1, s.recordsOf(row.event, "203.0.113.10"), "another address has records of its own")

			s.app.TellRefusals(t.Context())
			s.emptyTrail()
			all := records(t, s.log.String())
			assert.Equal(t, "refusals_left_out", all[len(all)-1]["event"])
			assert.Equal(t, "203.0.113.9", all[len(all)-1]["address"])
			assert.EqualValues(t, sent-recorded, all[len(all)-1]["lines"])
			row.send(s, access, here)
			assert.Equal(t, recorded+1, s.recordsOf(row.event, "203.0.113.9"), "the next minute begins anew")
			s.app.TellRefusals(t.Context())
			s.emptyTrail()
			assert.Equal(t, 1, s.recordsOf("refusals_left_out", "203.0.113.9"), "where nothing is left out nothing is told")
		})
	}
}

func TestAudit_tellsTheRestOfRefusalsAtTheStop(t *testing.T) {
	dir := t.TempDir()
	url, _, stop := start(t, map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "authbook.db")})
	for range 30 {
		require.Equal(t, http.StatusUnauthorized, (&server{t: t, url: url}).me("bad"))
	}
	stop()
	assert.Contains(t, auditLog(t, filepath.Join(dir, "audit")),
		`"event":"refusals_left_out","address":"127.0.0.1","lines":10}`)
}

// recordsOf counts the records of an event from an address.
func (s *server) recordsOf(event, address string) (n int) {
	for _, record := range records(s.t, s.log.String()) {
		if record["event"] == event && record["address"] == address {
			n++
		}
	}
	return n
}

// What needs a right guess, or costs a hash, is recorded each time.
func TestAudit_boundsNothingElse(t *testing.T) {
	s := newServer(t)
	s.signUp()
	for i := range 30 {
		access, refresh := s.logIn()
		s.do("POST", "/login", fmt.Sprintf(`{"username":"nobody %d","password":"wrong-password"}`, i))
		s.do("POST", "/refresh", "", cookie(refresh))
		s.do("POST", "/logout", "", bearer(access))
	}
	for _, event := range []string{"login", "login_failed", "refresh", "logout"} {
		assert.Equal(t, 30, strings.Count(s.log.String(), `"event":"`+event+`"`), event)
	}
}
