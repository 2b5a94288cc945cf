package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestBlocklist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "common.txt")
	require.NoError(t, os.WriteFile(path, []byte("\uFEFFPassword1\r\n\n\r\n12345678\n"+norm.NFD.String("비밀번호비밀번호")+"\nwith space \nno line end"), 0o600))
	s := newServer(t)
	s.signUp() // with 12341234
	blocks := func(c *config) {
		c.databaseURL = s.app.config.databaseURL
		require.NoError(t, checkBlocklist(c, environment(map[string]string{"PASSWORD_BLOCKLIST": path})))
	}
	s = newServer(t, blocks)
	access, _ := s.logIn()
	for password, blocked := range map[string]bool{
		"Password1": true, "pASSWORD1": true, "12345678": true, "with space ": true, "no line end": true,
		"비밀번호비밀번호": true, norm.NFD.String("비밀번호비밀번호"): true, "\uFEFFPassword1": false,
		"Password12": false, " Password1": false, "with space": false, "123456789": false,
	} {
		a := s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"`+password+`"}`, bearer(access))
		if !blocked {
			require.Equal(t, http.StatusNoContent, a.status, password)
			back := s.do("PUT", "/me/password", `{"currentPassword":"`+password+`","newPassword":"12341234"}`, bearer(access))
			require.Equal(t, http.StatusNoContent, back.status, back.body)
			continue
		}
		assert.Equal(t, http.StatusBadRequest, a.status, password)
		assert.Contains(t, a.body, `{"field":"newPassword","code":"TOO_COMMON"`)
		a = s.do("POST", "/signup", `{"username":"second","password":"`+password+`","nickname":"Second"}`)
		assert.Contains(t, a.body, `{"field":"password","code":"TOO_COMMON"`, password)
	}
	s.logIn() // the old password still works
}

func TestBlocklist_thatCannotWork(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"empty": "\n\n", "latin-1": "caf\xe9\n", "nothing but a byte order mark": "\uFEFF\r\n",
		"UTF-16": "\xff\xfe1\x002\x00", "one endless line": strings.Repeat("x", 1<<20)} {
		path := filepath.Join(dir, "list")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		require.ErrorContains(t, checkBlocklist(&config{}, environment(map[string]string{"PASSWORD_BLOCKLIST": path})), "PASSWORD_BLOCKLIST: ", name)
	}
	for path, want := range map[string]string{filepath.Join(dir, "none"): "no such file", dir: "is a directory"} {
		err := checkBlocklist(&config{}, environment(map[string]string{"PASSWORD_BLOCKLIST": path}))
		require.ErrorContains(t, err, want)
		assert.Contains(t, err.Error(), "PASSWORD_BLOCKLIST: ")
		assert.Contains(t, err.Error(), path)
		assert.NotContains(t, err.Error(), "\n", "one line")
	}
	c := config{}
	require.NoError(t, checkBlocklist(&c, environment(nil)))
	assert.False(t, c.blocklist.has("12341234"), "off by default: the course's own sample is on every list")
}
