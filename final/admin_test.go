package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// operatorEnv is the environment of an operator's command.
func (s *server) operatorEnv() func(string) string {
	return testkit.Env(map[string]string{"DATABASE_URL": s.config.DatabaseURL, "AUDIT_DIR": s.config.AuditDir})
}

// output runs `final admin …` and returns what it printed.
func (s *server) output(args ...string) string {
	s.t.Helper()
	var out bytes.Buffer
	err := run(s.t.Context(), append([]string{"admin"}, args...),
		s.operatorEnv(), &out, io.Discard)
	require.NoError(s.t, err)
	return out.String()
}

func TestAdmin_disableEndsSessionsAndRefusesTheLogIn(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, refresh := s.logIn()
	s.output("disable", "jin ho")
	assert.Equal(t, http.StatusUnauthorized, s.me(access))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refresh)).status)
	refused := s.do("POST", "/login", testkit.JinHoLogsIn)
	wrong := s.do("POST", "/login", `{"username":"JIN HO","password":"wrong-password"}`)
	assert.Equal(t, "INVALID_CREDENTIALS", refused.code())
	assert.Equal(t, wrong.body, refused.body, "a guesser does not learn that the account is there")
	assert.Contains(t, s.output("list"), "disabled")

	s.output("enable", "jin ho")
	assert.Equal(t, http.StatusUnauthorized, s.me(access), "what was ended stays ended")
	s.logIn()
}

// What an operator does must not go unseen either.
func TestAdmin_doesNothingThatItCannotRecord(t *testing.T) {
	s := newServer(t)
	s.signUp()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	s.config.AuditDir = filepath.Join(file, "audit")
	require.EqualError(t, s.command("grant", "JIN HO"),
		"AUDIT_DIR: cannot keep the audit log in "+s.config.AuditDir+": not a directory")
	assert.NotContains(t, s.output("list"), "ADMIN")
}

func TestAdmin_deleteRemovesTheUser(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, _ := s.logIn()
	s.output("delete", "JIN HO")
	assert.Equal(t, http.StatusUnauthorized, s.me(access))
	assert.NotContains(t, s.output("list"), "JIN HO")
	s.signUp()
}

func TestAdmin_resetPasswordPrintsOneThatWorks(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, _ := s.logIn()
	out := strings.TrimSpace(s.output("reset-password", "JIN HO"))
	password := out[strings.LastIndex(out, " ")+1:]
	assert.Equal(t, http.StatusUnauthorized, s.me(access), "a thief who had the old password is out")
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/login", testkit.JinHoLogsIn).status)
	assert.Equal(t, http.StatusOK, s.do("POST", "/login", `{"username":"JIN HO","password":"`+password+`"}`).status)
}

func TestAdmin_keepsOneAdministrator(t *testing.T) {
	s := newServer(t)
	signUp := func(name string) {
		body := `{"username":"` + name + `","password":"four odd words","nickname":"Mentos"}`
		require.Equal(t, http.StatusCreated, s.do("POST", "/signup", body).status)
	}
	signUp("JIN HO")
	assert.Equal(t, "JIN HO has the roles ADMIN, USER\n", s.output("grant", "JIN HO"))
	assert.Equal(t, "JIN HO has the roles ADMIN, USER\n", s.output("grant", "JIN HO"), "again changes nothing")
	for _, command := range []string{"revoke", "disable", "delete"} {
		require.ErrorContains(t, s.command(command, "JIN HO"), "JIN HO is the last administrator", command)
	}
	signUp("second")
	s.output("grant", "second")
	assert.Equal(t, "JIN HO has the roles USER\n", s.output("revoke", "JIN HO"))
}

func TestAdmin_namesWhatItCannotFind(t *testing.T) {
	s := newServer(t)
	require.ErrorContains(t, s.command("grant", "nobody"), `no user is named "nobody"; final admin list shows all`)
	require.ErrorContains(t, s.command("grant", "a/b"), `"a/b" cannot be a username`)
}
