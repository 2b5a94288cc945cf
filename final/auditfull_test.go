package main

import (
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// auditDisk is where the tests' audit log goes: into the log, as long as the
// disk is not full.
type auditDisk struct {
	log  *testkit.Log
	full atomic.Bool
}

func (d *auditDisk) Write(p []byte) (int, error) {
	if d.full.Load() {
		return 0, errors.New("no space left on device")
	}
	return d.log.Write(p)
}

// fillTrail lets so many records wait that the audit log takes no more.
func (s *server) fillTrail() {
	s.t.Helper()
	s.disk.full.Store(true)
	var records sync.WaitGroup
	for range 5 {
		records.Go(func() {
			s.trail.Record(s.t.Context(), "filler", slog.String("x", strings.Repeat("x", 1<<20)))
		})
	}
	records.Wait()
	require.False(s.t, s.trail.Room())
}

// emptyTrail lets the disk have room again, and waits until all is written.
func (s *server) emptyTrail() {
	s.t.Helper()
	s.disk.full.Store(false)
	eventually(s.t, "what waits must be written", func() bool { return s.trail.Waiting() == 0 })
}

// A disk that is full for a moment stops nobody, and loses no record.
func TestAudit_onADiskThatIsFullForAWhile(t *testing.T) {
	s := newServer(t)
	s.disk.full.Store(true)
	start := time.Now()
	a := s.do("POST", "/signup", testkit.JinHo)
	assert.Equal(t, http.StatusCreated, a.status)
	assert.GreaterOrEqual(t, time.Since(start), 250*time.Millisecond, "as long as that a record may be on its way")
	assert.NotContains(t, s.log.String(), `"event":"signup"`)
	assert.NotContains(t, s.scrape(), "\nauthbook_audit_waiting_bytes 0\n")
	s.emptyTrail()
	assert.Equal(t, a.header.Get("X-Request-Id"), records(t, s.log.String())[0]["request_id"])
	assert.Contains(t, s.scrape(), "\nauthbook_audit_waiting_bytes 0\n")
}

// What would leave a record that can't be kept is refused, and changes nothing.
func TestAudit_withoutRoomRefusesWhatItWouldRecord(t *testing.T) {
	s := newServer(t)
	s.signUp()
	s.makeAdmin("jin ho")
	access, refresh := s.logIn()
	s.fillTrail()
	rows := []struct {
		name, method, path, body string
		options                  []option
	}{
		{"sign-up", "POST", "/signup", `{"username":"second","password":"12341234","nickname":"x"}`, nil},
		{"log-in", "POST", "/login", testkit.JinHoLogsIn, nil},
		{"refresh", "POST", "/refresh", "", []option{cookie(refresh)}},
		{"a page of another site", "POST", "/login", "", []option{header("Sec-Fetch-Site", "cross-site")}},
		{"change of the password", "PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`,
			[]option{bearer(access)}},
		{"deletion", "DELETE", "/me", `{"currentPassword":"12341234"}`, []option{bearer(access)}},
		{"change of roles", "PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["USER","ADMIN"]}`, []option{bearer(access)}},
		{"a bad token", "GET", "/me", "", []option{bearer(flipLast(access))}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := s.do(row.method, row.path, row.body, row.options...)
			assert.Equal(t, http.StatusServiceUnavailable, a.status, a.body)
			assert.Equal(t, "UNAVAILABLE", a.code())
			assert.Equal(t, "1", a.header.Get("Retry-After"))
			assert.Empty(t, a.header.Values("Set-Cookie"))
		})
	}
	assert.Equal(t, http.StatusOK, s.me(access), "what leaves no record goes on")
	assert.Equal(t, http.StatusOK, s.do("GET", "/healthz", "").status)

	s.emptyTrail()
	assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(refresh)).status)
	s.logIn()
	assert.Equal(t, http.StatusCreated,
		s.do("POST", "/signup", `{"username":"second","password":"12341234","nickname":"x"}`).status)
}

// A log-out without a record is worth more than a session that stays open.
func TestAudit_withoutRoomALogOutEndsItsSession(t *testing.T) {
	rows := []struct{ name, method, path string }{
		{"log-out", "POST", "/logout"},
		{"log-out everywhere", "POST", "/logout/all"},
		{"the end of the other sessions", "DELETE", "/me/sessions"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t)
			s.signUp()
			first, _ := s.logIn()
			access, refresh := s.logIn()
			ended := first
			send := func() answer { return s.do(row.method, row.path, "", bearer(access)) }
			if row.path == "/logout" {
				ended = access
				send = func() answer { return s.do("POST", "/logout", "", bearer(access), cookie(refresh)) }
			}
			s.fillTrail()
			a := send()
			assert.Equal(t, "UNAVAILABLE", a.code(), "%d %s", a.status, a.body)
			assert.Empty(t, a.header.Values("Set-Cookie"), "the client keeps its cookie, to ask again")
			s.emptyTrail()
			assert.Equal(t, http.StatusUnauthorized, s.me(ended))
		})
	}
}
