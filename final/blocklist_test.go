package main

import (
	"crypto/rand"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

// What most people choose is refused without any setting, and the message says
// what to do.
func TestCommonPasswords_areRefusedByDefault(t *testing.T) {
	byDefault, err := config.Read(testkit.Env(nil))
	require.NoError(t, err)
	s := newServer(t, func(c *config.Config) { c.Common, c.PublicURL = byDefault.Common, "https://auth.acmecorp.example" })
	s.signUp() // with 12341234, the one exception
	access, _ := s.logIn()
	for _, password := range []string{
		"password", "PASSWORD", "12345678", "qwertyuiop", "iloveyou", "1q2w3e4r", "qwer1234", "11111111",
		"Password1", "dragon2026!", "  sunshine  ", // one of the list, with digits or signs around it
		"authbook", "Authbook-2026", "auth.acmecorp.example", "acmecorp!!", // the service's names
	} {
		a := s.do("POST", "/signup", `{"username":"second","password":"`+password+`","nickname":"Second"}`)
		assert.Contains(t, a.body, `{"field":"password","code":"TOO_COMMON"`, password)
		assert.Contains(t, a.body, "Choose another", password)
		a = s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"`+password+`"}`, bearer(access))
		assert.Contains(t, a.body, `{"field":"newPassword","code":"TOO_COMMON"`, password)
	}
	for _, password := range []string{"correct horse battery staple", "dragonfly wings", "가나다라마바사아"} {
		a := s.do("POST", "/signup", `{"username":"`+rand.Text()+`","password":"`+password+`","nickname":"Second"}`)
		assert.Equal(t, http.StatusCreated, a.status, password)
	}
	s.logIn() // nobody who has such a password is kept out
}

func TestBlocklist(t *testing.T) {
	path := filepath.Join(t.TempDir(), "common.txt")
	require.NoError(t, os.WriteFile(path,
		[]byte("\uFEFFPassword1\r\n\n\r\n12345678\n"+norm.NFD.String("비밀번호비밀번호")+"\nwith space \nno line end"), 0o600))
	s := newServer(t)
	s.signUp() // with 12341234
	with, err := config.Read(testkit.Env(map[string]string{"PASSWORD_BLOCKLIST": path}))
	require.NoError(t, err)
	s = newServer(t, func(c *config.Config) { c.DatabaseURL, c.Blocklist = s.config.DatabaseURL, with.Blocklist })
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
