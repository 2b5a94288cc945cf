package middleware_test

import (
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestRequireRole(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		token  string // "" leaves Authenticate out
		role   string
		status int    // 0 if the row does not ask
		code   string // of the problem; "" if the row does not ask
	}
	inside := []string{"1.8", "1.9"} // Authenticate puts the principal there
	rows := []row{
		{name: "a principal with the role passes", needs: inside, token: "admin", role: "ADMIN", status: 200},
		{name: "one of several roles is enough", needs: inside, token: "admin", role: "USER", status: 200},
		{name: "a principal without the role is denied", needs: inside, token: "user", role: "ADMIN", status: 403,
			code: "ACCESS_DENIED"},
		{name: "the name of a role is exact", needs: inside, token: "admin", role: "Admin", status: 403,
			code: "ACCESS_DENIED"},
		{name: "nobody has the empty role", needs: inside, token: "admin", role: "", status: 403, code: "ACCESS_DENIED"},
		{name: "a denied request does not reach the handler", needs: inside, token: "user", role: "ADMIN"},
		{name: "without authentication the answer is 401", role: "USER", status: 401},
		{name: "without authentication the code says that no token came", role: "USER", code: "TOKEN_NOT_FOUND"},
		{name: "without authentication nothing reaches the handler", role: "USER"},
	}
	exercise.Rows(t, "1.10", rows, func(t *testing.T, row row) {
		reached := false
		handler := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true })
		h := wrap(t, middleware.RequireRole(row.role), handler)
		r := get("/")
		if row.token != "" {
			log, _ := newLog()
			h = wrap(t, middleware.Authenticate(log, &door{}), h)
			r = bearer("/", "Bearer "+row.token)
		}
		pass := send
		if row.status == 0 && row.code == "" {
			pass = sendAnyway // the effect alone counts
		}
		w := pass(h, r)
		assert.Equal(t, ran(row.status == 200), ran(reached),
			"only who has the role may reach the handler: what it did can't be undone")
		if row.status != 0 {
			assert.Equal(t, row.status, w.Code, "403 says: known, but not allowed; 401 says: not known, log in first")
		}
		if row.code != "" {
			assert.Equal(t, row.code, codeOf(w.Body.Bytes()), "the code of the problem: a client goes by it")
		}
	})
}
