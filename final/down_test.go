package main

import (
	"net/http"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A server whose database does not answer says so, lets nobody in and logs
// nobody out.
func TestWithoutItsDatabase(t *testing.T) {
	s := newServer(t)
	s.signUp()
	s.makeAdmin("jin ho")
	access, refresh := s.logIn()
	require.NoError(t, s.db.Close())

	const change = `{"currentPassword":"12341234","newPassword":"new-password"}`
	rows := []struct {
		method, path, body string
		options            []option
	}{
		{"POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`, nil},
		{"POST", "/login", testkit.JinHoLogsIn, nil},
		{"POST", "/refresh", "", []option{cookie(refresh)}},
		{"POST", "/logout", "", []option{cookie(refresh)}},
		{"POST", "/logout/all", "", []option{bearer(access)}},
		{"GET", "/me", "", []option{bearer(access)}},
		{"DELETE", "/me", `{"currentPassword":"12341234"}`, []option{bearer(access)}},
		{"GET", "/me/sessions", "", []option{bearer(access)}},
		{"DELETE", "/me/sessions", "", []option{bearer(access)}},
		{"DELETE", "/me/sessions/NOSUCH", "", []option{bearer(access)}},
		{"PUT", "/me/password", change, []option{bearer(access)}},
		{"PATCH", "/admin/users/JIN%20HO/roles", `{"roles":["USER"]}`, []option{bearer(access)}},
		{"GET", "/readyz", "", nil},
	}
	for _, row := range rows {
		t.Run(row.method+" "+row.path, func(t *testing.T) {
			a := s.do(row.method, row.path, row.body, row.options...)
			assert.Equal(t, "UNAVAILABLE", a.code(), a.body)
			assert.NotEmpty(t, a.header.Get("Retry-After"))
			assert.Empty(t, a.header.Values("Set-Cookie"), "the cookie must outlive the database's absence")
			assert.NotContains(t, a.body, "sql", "the cause is for the log")
		})
	}
	assert.Equal(t, http.StatusOK, s.do("GET", "/healthz", "").status, "a restart would not help, so the server is alive")
	assert.Contains(t, s.log.String(), "closed", "the log has the cause")
}

// What the log keeps must not open a door.
func TestLog_holdsNoSecret(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, refresh := s.logIn()
	s.do("POST", "/login", `{"username":"JIN HO","password":"12341234x"}`)
	s.do("GET", "/me?token="+access, "", bearer(access+"x"))
	s.do("POST", "/refresh", "", cookie(refresh))
	s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`, bearer(access))
	log := s.log.String()
	for _, secret := range []string{
		"12341234", "new-password", access, refresh.Value, "argon2id", testkit.Secret, "JIN HO",
	} {
		assert.NotContains(t, log, secret)
	}
	for _, event := range []string{"signup", "login", "login_failed", "password_change"} {
		assert.Contains(t, log, `"event":"`+event+`"`)
	}
}
