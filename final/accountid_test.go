package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// anotherSecret is what AUTH_SECRET is rotated to.
const anotherSecret = "Zt7mQ2xW9rLc4vKp1nYd6sHj3bFg8aUe"

// accountOf guesses a password wrong and returns what the audit log calls the
// account.
func (s *server) accountOf(name string) string {
	s.t.Helper()
	s.do("POST", "/login", `{"username":"`+name+`","password":"wrong-password"}`)
	all := records(s.t, s.log.String())
	return all[len(all)-1]["account"].(string)
}

// accountIDs runs `final admin account-id` with the secrets.
func (s *server) accountIDs(name, current, previous string) ([]string, error) {
	var out bytes.Buffer
	err := run(s.t.Context(), []string{"admin", "account-id", name}, testkit.Env(map[string]string{
		"DATABASE_URL": s.config.DatabaseURL, "AUTH_SECRET": current, "AUTH_SECRET_PREVIOUS": previous,
	}), &out, &out)
	return strings.Fields(out.String()), err
}

// A password that somebody types into the name field can't be found out from the
// log: that would take the secret.
func TestAudit_namesAccountsUnderAKey(t *testing.T) {
	s := newServer(t)
	id := s.accountOf("hunter2hunter")
	for _, tag := range []string{"", "account\x00"} {
		sum := sha256.Sum256([]byte(tag + "hunter2hunter"))
		assert.NotContains(t, hex.EncodeToString(sum[:]), id)
	}
	assert.Equal(t, id, s.accountOf("HUNTER2hunter"), "one account in two spellings")
	assert.NotEqual(t, id, s.accountOf("hunter3hunter"))

	ids, err := s.accountIDs("Hunter2Hunter", testkit.Secret, "")
	require.NoError(t, err)
	assert.Equal(t, []string{id}, ids, "the operator finds the attempts at a name")
}

// A rotation gives accounts new ids in the log. It gives a guesser no new tries.
func TestAudit_accountsInARotation(t *testing.T) {
	stop := stoppedClock()
	before := stop(newServer(t))
	before.signUp()
	id := before.accountOf("JIN HO")
	after := stop(newServer(t, func(c *config.Config) {
		c.DatabaseURL = before.config.DatabaseURL
		c.Secret, c.PreviousSecret = []byte(anotherSecret), []byte(testkit.Secret)
	}))
	until429(t, func() answer { return before.do("POST", "/login", `{"username":"JIN HO","password":"wrong"}`) })
	assert.Equal(t, http.StatusTooManyRequests, after.do("POST", "/login", testkit.JinHoLogsIn).status)
	newID := after.accountOf("JIN HO")
	assert.NotEqual(t, id, newID)
	ids, err := after.accountIDs("JIN HO", anotherSecret, testkit.Secret)
	require.NoError(t, err)
	assert.Equal(t, []string{newID, id}, ids, "the one in use, and the one before")
}

func TestAccountID_refuses(t *testing.T) {
	s := newServer(t)
	_, err := s.accountIDs("a/b", testkit.Secret, "")
	require.EqualError(t, err, `"a/b" cannot be a username`)
	_, err = s.accountIDs("JIN HO", "short", "")
	require.ErrorContains(t, err, "AUTH_SECRET is too short")
	_, err = s.accountIDs("JIN HO", "", "")
	require.Error(t, err, "no secret is kept beside this database, and none is made")
}
