package main

import (
	"bytes"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The checks that follow every deployment, on the real server.
func TestVerify_passesOnTheRealServer(t *testing.T) {
	s := newServer(t)
	report := deploy.Verify(t.Context(), s.url)
	require.NoError(t, report.Err())
	users, err := store.NewUsers(s.db).All(t.Context())
	require.NoError(t, err)
	assert.Empty(t, users, "the checks must leave nobody behind")
}

func TestRun_tellsTheServiceManager(t *testing.T) {
	socket := filepath.Join(t.TempDir(), "notify")
	manager, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: socket})
	require.NoError(t, err)
	defer manager.Close()
	heard := func() string {
		text := make([]byte, 100)
		n, err := manager.Read(text)
		require.NoError(t, err)
		return string(text[:n])
	}
	url, _, stop := start(t, map[string]string{
		"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db"), "NOTIFY_SOCKET": socket,
	})
	assert.Equal(t, "READY=1", heard())
	res, err := http.Get(url + "/readyz")
	require.NoError(t, err)
	res.Body.Close()
	assert.Equal(t, http.StatusOK, res.StatusCode, "who says READY must be")
	stop()
	assert.Equal(t, "STOPPING=1", heard())
}

func TestRun_backup(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "authbook.db")}
	url, _, stop := start(t, env)
	defer stop()
	s := &server{t: t, url: url}
	require.Equal(t, http.StatusCreated, s.do("POST", "/signup", testkit.JinHo).status)

	var printed bytes.Buffer
	copied := filepath.Join(dir, "copy.db")
	require.NoError(t, run(t.Context(), []string{"backup", copied}, testkit.Env(env), &printed, &printed))
	assert.Contains(t, printed.String(), copied)
	var listed bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"admin", "list"}, testkit.Env(map[string]string{"DATABASE_URL": copied}),
		&listed, &listed))
	assert.Contains(t, listed.String(), "JIN HO")

	err := run(t.Context(), []string{"backup", copied}, testkit.Env(env), &printed, &printed)
	require.ErrorContains(t, err, "exists", "an older backup must not be lost")
	err = run(t.Context(), []string{"backup"}, testkit.Env(env), &printed, &printed)
	require.ErrorContains(t, err, "final backup FILE")
}

// In the wrong folder, or with a typo in DATABASE_URL, a command must not make
// a database of its own and report on that one.
func TestRun_aCommandMakesNoDatabase(t *testing.T) {
	for _, args := range [][]string{
		{"backup", "copy.db"}, {"admin", "list"}, {"admin", "grant", "JIN HO"}, {"admin", "export", "users.jsonl"},
	} {
		t.Run(args[0]+" "+args[1], func(t *testing.T) {
			t.Chdir(t.TempDir())
			var out bytes.Buffer
			err := run(t.Context(), args, testkit.Env(nil), &out, &out)
			require.ErrorContains(t, err, "DATABASE_URL: there is no database ./data/authbook.db")
			left, err := os.ReadDir(".")
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

func TestRun_restore(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "authbook.db")}
	command := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(t.Context(), args, testkit.Env(env), &out, &out)
		return out.String(), err
	}
	url, _, stop := start(t, env)
	defer stop()
	s := &server{t: t, url: url}
	s.signUp()
	access, refresh := s.logIn()
	copied := filepath.Join(dir, "copy.db")
	_, err := command("backup", copied)
	require.NoError(t, err)
	require.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", bearer(access)).status)
	require.Equal(t, http.StatusCreated,
		s.do("POST", "/signup", `{"username":"LATER","password":"12341234","nickname":"x"}`).status)
	later := s.do("POST", "/login", `{"username":"LATER","password":"12341234"}`)

	printed, err := command("restore", copied)
	require.NoError(t, err)
	assert.Contains(t, printed, "users restored: 1, as they were in the copy; everybody has to log in again\n")
	assert.Contains(t, auditLog(t, filepath.Join(dir, "audit")), `"event":"admin_restore"`)
	assert.Equal(t, http.StatusUnauthorized, s.me(access), "who had logged out stays so, though the copy is older")
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refresh)).status)
	assert.Equal(t, http.StatusUnauthorized, s.me(later.token(t)))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/login", `{"username":"LATER","password":"12341234"}`).status)
	s.logIn()

	aside, err := filepath.Glob(filepath.Join(dir, "before-restore-*.db"))
	require.NoError(t, err)
	require.Len(t, aside, 1, "a restore can be a mistake too")
	t.Chdir(dir)
	_, err = command("restore", filepath.Base(aside[0]))
	require.NoError(t, err, "a name without a folder is enough")
	assert.Equal(t, http.StatusOK, s.do("POST", "/login", `{"username":"LATER","password":"12341234"}`).status)

	_, err = command("restore", filepath.Join(dir, "missing"))
	require.ErrorContains(t, err, "there is no file")
	aside, err = filepath.Glob(filepath.Join(dir, "before-restore-*.db"))
	require.NoError(t, err)
	assert.Len(t, aside, 2, "where nothing changed, nothing is put aside")

	first := aside[0]
	for range 4 {
		_, err = command("restore", copied)
		require.NoError(t, err)
	}
	aside, err = filepath.Glob(filepath.Join(dir, "before-restore-*.db"))
	require.NoError(t, err)
	assert.Len(t, aside, 5, "they do not pile up")
	assert.NotContains(t, aside, first, "the oldest goes")
	assert.FileExists(t, copied, "and nothing else does")
	for _, wrong := range []string{"restore", "restore --help", "backup", "backup --help"} {
		words := strings.Fields(wrong)
		_, err = command(words...)
		require.ErrorContains(t, err, "final "+words[0]+" FILE")
	}
	assert.NoFileExists(t, filepath.Join(dir, "--help"))
}
