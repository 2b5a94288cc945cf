package accounts

import (
	"net/http/httptest"
	"testing"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

// The id is the log's own: what the failures are stored under is no secret to
// who can read the table, and outlives a rotation of the secret.
func TestService_auditAttempt_namesTheAccountByItsID(t *testing.T) {
	s := newServer()
	for _, account := range []string{"jin ho", "hunter2", "/" + digest("a/b")} {
		s.log.text = ""
		s.service.auditAttempt(httptest.NewRequest("POST", "/login", nil),
			claim{action: "login", account: account}, problem.New(problem.InvalidCredentials, ""))
		assert.Contains(t, s.log.text, "account="+accountID(account))
		assert.NotContains(t, s.log.text, accountKeyOf(account))
	}
}
