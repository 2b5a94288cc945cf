package main

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// records returns the audit records among the lines, the oldest first.
func records(t *testing.T, lines string) []map[string]any {
	t.Helper()
	var all []map[string]any
	for line := range strings.Lines(lines) {
		var record map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &record), "each record is one line of JSON")
		if record["msg"] == "audit" {
			all = append(all, record)
		}
	}
	return all
}

// auditLog returns the audit log in a folder.
func auditLog(t *testing.T, dir string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "audit-*.log")) // sorted, and so by time
	require.NoError(t, err)
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		all.Write(text)
	}
	return all.String()
}

// newest returns the newest record, without what differs in each run, and
// checks that it says when, and in which request.
func (s *server) newest(a answer) map[string]any {
	s.t.Helper()
	all := records(s.t, s.log.String())
	require.NotEmpty(s.t, all)
	record := maps.Clone(all[len(all)-1])
	at, err := time.Parse(time.RFC3339, record["time"].(string))
	require.NoError(s.t, err)
	assert.WithinDuration(s.t, time.Now(), at, time.Minute)
	assert.Equal(s.t, a.header.Get("X-Request-Id"), record["request_id"], "the client can name the request")
	for _, name := range []string{"time", "level", "msg", "request_id"} {
		delete(record, name)
	}
	return record
}

// Every authentication event leaves a record: what, who, from where, when and
// in which request.
func TestAudit_recordsEveryEvent(t *testing.T) {
	s := newServer(t)
	const here = "127.0.0.1"
	type fields = map[string]any
	expect := func(a answer, want fields) {
		t.Helper()
		got := s.newest(a)
		for name, value := range want {
			assert.Equal(t, value, got[name], "%s of %v", name, got)
		}
		for _, name := range slices.Collect(maps.Keys(got)) {
			assert.Contains(t,
				[]string{"event", "user_id", "session_id", "account", "address", "by", "roles", "code", "reason", "route"}, name)
		}
	}

	made := s.do("POST", "/signup", testkit.JinHo)
	user := s.newest(made)["user_id"].(string)
	require.Len(t, user, 26)
	expect(made, fields{"event": "signup", "address": here})
	expect(s.do("POST", "/signup", testkit.JinHo),
		fields{"event": "signup_failed", "code": "USER_ALREADY_EXISTS", "address": here})

	login := s.do("POST", "/login", testkit.JinHoLogsIn)
	access, first := login.token(t), login.refresh(t)
	session := sessionOf(first)
	expect(login, fields{"event": "login", "user_id": user, "address": here})
	expect(s.do("POST", "/login", `{"username":"JIN HO","password":"wrong-password"}`),
		fields{"event": "login_failed", "user_id": user, "code": "INVALID_CREDENTIALS", "address": here})
	expect(s.do("POST", "/login", `{"username":"nobody","password":"wrong-password"}`),
		fields{"event": "login_failed", "user_id": "", "code": "INVALID_CREDENTIALS"})
	throttled := until429(t,
		func() answer { return s.do("POST", "/login", `{"username":"nobody","password":"wrong-password"}`) })
	expect(throttled, fields{"event": "login_throttled", "user_id": "", "code": "TOO_MANY_REQUESTS", "address": here})

	second := s.do("POST", "/refresh", "", cookie(first))
	expect(second, fields{"event": "refresh", "user_id": user, "session_id": session, "address": here})
	expect(s.do("POST", "/refresh", "", cookie(&http.Cookie{Name: "refresh", Value: flipLast(first.Value)})),
		fields{"event": "refresh_failed", "code": "INVALID_TOKEN", "address": here, "session_id": nil})
	expect(s.do("GET", "/me", "", bearer(flipLast(access))),
		fields{"event": "token_refused", "code": "INVALID_TOKEN", "address": here})
	expect(s.do("PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["ADMIN"]}`, bearer(access)),
		fields{"event": "access_denied", "user_id": user, "session_id": session, "address": here,
			"route": "PATCH /admin/users/{username}/roles"})
	expect(s.do("POST", "/refresh", "", cookie(first), header("Sec-Fetch-Site", "cross-site")),
		fields{"event": "cross_site_refused", "address": here, "route": "POST /refresh"})

	expect(s.do("POST", "/refresh", "", cookie(first)),
		fields{"event": "refresh_repeated", "user_id": user, "session_id": session, "address": here})

	third := s.do("POST", "/refresh", "", cookie(second.refresh(t)))
	expect(s.do("POST", "/refresh", "", cookie(first)),
		fields{"event": "refresh_reuse", "user_id": user, "session_id": session, "code": "INVALID_TOKEN", "address": here})
	expect(s.do("POST", "/refresh", "", cookie(third.refresh(t))),
		fields{"event": "refresh_failed", "user_id": user, "session_id": session, "code": "INVALID_TOKEN"})

	access, first = s.logIn()
	session = sessionOf(first)
	expect(s.do("POST", "/logout", "", cookie(first), bearer(access)),
		fields{"event": "logout", "user_id": user, "session_id": session, "address": here})
	assert.Equal(t, 1, strings.Count(s.log.String(), `"event":"logout"`), "two tokens of one session are one log-out")
	access, _ = s.logIn()
	expect(s.do("POST", "/logout/all", "", bearer(access)),
		fields{"event": "logout_all", "user_id": user, "address": here})

	_, there := s.logIn()
	access, first = s.logIn()
	session = sessionOf(first)
	end := s.do("DELETE", "/me/sessions/"+sessionOf(there), "", bearer(access))
	expect(end, fields{"event": "session_end", "user_id": user, "session_id": sessionOf(there), "address": here})
	end = s.do("DELETE", "/me/sessions/forged-record", "", bearer(access))
	expect(end, fields{"event": "session_end_failed", "user_id": user, "session_id": session, "code": "NOT_FOUND"})
	assert.NotContains(t, s.log.String(), "forged-record", "the id may be any text")
	expect(s.do("DELETE", "/me/sessions", "", bearer(access)),
		fields{"event": "session_end_others", "user_id": user, "session_id": session, "address": here})

	s.makeAdmin("jin ho")
	access, _ = s.logIn()
	expect(s.do("PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["ADMIN"]}`, bearer(access)),
		fields{"event": "roles_change", "user_id": user, "by": user, "roles": []any{"ADMIN"}, "address": here})
	expect(s.do("PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["USER"]}`, bearer(access)),
		fields{"event": "roles_change_failed", "by": user, "code": "LAST_ADMIN", "address": here})
	expect(s.do("DELETE", "/me", `{"currentPassword":"12341234"}`, bearer(access)),
		fields{"event": "account_delete_failed", "user_id": user, "code": "LAST_ADMIN", "address": here})
	expect(s.do("PUT", "/me/password", `{"currentPassword":"wrong-password","newPassword":"new-password"}`,
		bearer(access)),
		fields{"event": "password_change_failed", "user_id": user, "code": "INVALID_CREDENTIALS", "address": here})
	expect(s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`, bearer(access)),
		fields{"event": "password_change", "user_id": user, "address": here})

	s.do("POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`)
	s.makeAdmin("second")
	expect(s.do("DELETE", "/me", `{"currentPassword":"new-password"}`, bearer(access)),
		fields{"event": "account_delete", "user_id": user, "address": here})

	for _, secret := range []string{
		"12341234", "wrong-password", "new-password", access, first.Value, testkit.Secret, "argon2id",
		"JIN HO", "jin ho", "Mentos", "nobody",
	} {
		assert.NotContains(t, s.log.String(), secret, "the log is read by many")
	}
}

// What a client sends can't make a record of its own, whatever it sends.
func TestAudit_takesNoTextFromTheClient(t *testing.T) {
	s := newServer(t)
	s.signUp()
	const forged = "forged-record"
	for _, lineBreak := range []string{`\n`, `\r\n`, `\u2028`, `\u0085`, `\u0000`, `\"`} {
		text := "x" + lineBreak + `{\"msg\":\"audit\",\"event\":\"` + forged + `\"}`
		s.do("POST", "/signup", `{"username":"`+text+`","password":"`+text+`","nickname":"`+text+`"}`)
		s.do("POST", "/login", `{"username":"`+text+`","password":"`+text+`"}`)
		s.do("POST", "/login", `{"`+text+`":"x"}`)
	}
	for _, name := range []string{
		"X-Request-Id", "X-Correlation-Id", "Traceparent", "X-Forwarded-For", "User-Agent", "Referer", "Origin",
		"Authorization",
	} {
		s.do("GET", "/me?"+forged, "", header(name, forged))
		s.do("POST", "/refresh", "", header(name, forged), cookie(&http.Cookie{Name: "refresh", Value: forged}))
		s.do("POST", "/"+forged, "", header(name, forged))
	}
	s.do("PATCH", "/admin/users/"+forged+"/roles", `{"roles":["ADMIN"]}`)
	require.NotEmpty(t, records(t, s.log.String()))
	assert.NotContains(t, s.log.String(), forged)
}

// What an operator does leaves a record as well, with a name in place of a
// request.
func TestAudit_recordsTheCommandLine(t *testing.T) {
	s := newServer(t)
	require.Equal(t, http.StatusCreated,
		s.do("POST", "/signup", `{"username":"JIN HO","password":"four odd words here","nickname":"Mentos"}`).status)
	for command, event := range map[string]string{
		"grant": "admin_grant", "revoke": "admin_revoke_failed", "reset-password": "admin_reset-password",
		"disable": "admin_disable_failed", "enable": "admin_enable", "delete": "admin_delete_failed",
	} {
		if command != "grant" {
			s.makeAdmin("jin ho") // the last administrator
		}
		dir := t.TempDir()
		_ = run(t.Context(), []string{"admin", command, "JIN HO"}, testkit.Env(map[string]string{
			"DATABASE_URL": s.config.DatabaseURL, "AUDIT_DIR": dir, "SUDO_USER": "ann"}), io.Discard, io.Discard)
		operator, err := user.Current()
		require.NoError(t, err)
		all := records(t, auditLog(t, dir))
		require.Len(t, all, 1, command)
		assert.Equal(t, event, all[0]["event"])
		assert.Equal(t, operator.Username, all[0]["by"], "whoever SUDO_USER names")
		assert.Len(t, all[0]["user_id"], 26)
		assert.NotContains(t, auditLog(t, dir), "password is", "the new password is for the operator's eyes")
	}
}
