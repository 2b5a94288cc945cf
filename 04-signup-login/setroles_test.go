package accounts

import (
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestService_SetRoles(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		path   string // the name as it is in the path
		body   string
		as     string // root if empty
		down   string
		status int
		code   problem.Code
		fields []string
		roles  []string // of JIN HO afterwards; USER if nil
	}
	rows := []row{
		{name: "an administrator more", body: `{"roles":["USER","ADMIN"]}`, status: 200, roles: []string{"ADMIN", "USER"}},
		{name: "the set is replaced", body: `{"roles":["ADMIN"]}`, status: 200, roles: []string{"ADMIN"}},
		{name: "the name in other letters", path: "%EF%BC%AA%49n%20ho", body: `{"roles":["ADMIN"]}`, status: 200, roles: []string{"ADMIN"}},
		{name: "no such user", path: "nobody", body: `{"roles":["ADMIN"]}`, status: 404, code: problem.NotFound},
		{name: "a name that can't exist", path: "a%2Fb%00", body: `{"roles":["ADMIN"]}`, status: 404, code: problem.NotFound},
		{name: "an unknown role", body: `{"roles":["USER","ROOT"]}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles[1] UNKNOWN_ROLE"}},
		{name: "a role in small letters", body: `{"roles":["admin"]}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles[0] UNKNOWN_ROLE"}},
		{name: "null for a role", body: `{"roles":[null]}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles[0] UNKNOWN_ROLE"}},
		{name: "a role twice", body: `{"roles":["USER","USER"]}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles DUPLICATE"}},
		{name: "no role", body: `{"roles":[]}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles TOO_SHORT"}},
		{name: "no roles member", body: `{}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles REQUIRED"}},
		{name: "a string", body: `{"roles":"ADMIN"}`, status: 400, code: problem.ValidationFailed, fields: []string{"roles WRONG_TYPE"}},
		{name: "the last administrator", path: "root", body: `{"roles":["USER"]}`, status: 409, code: problem.LastAdmin},
		{name: "the user's own wish", as: "JIN HO", body: `{"roles":["ADMIN"]}`, status: 403, code: problem.AccessDenied},
		{name: "nobody's wish", as: "nobody", body: `{"roles":["ADMIN"]}`, status: 401, code: problem.TokenNotFound},
		{name: "a store that can't answer", body: `{"roles":["ADMIN"]}`, down: "SetRoles", status: 503, code: problem.Unavailable},
	}
	for i := range rows {
		rows[i].needs = []string{"4.2"}
	}
	exercise.Rows(t, "4.1", rows, func(t *testing.T, r row) {
		s := newServer()
		tokens := map[string]string{
			"":       s.logIn(t, s.add("root", "root-password", RoleAdmin)),
			"JIN HO": s.logIn(t, s.add("JIN HO", "12341234", RoleUser)),
		}
		s.down.method = r.down
		if r.path == "" {
			r.path = "JIN%20HO"
		}
		a := s.do(request{do: "PATCH /admin/users/" + r.path + "/roles", body: r.body, token: tokens[r.as]})
		assert.Equal(t, r.status, a.status, "the client decides by the status")
		assert.Equal(t, r.code, a.code, "and by the code")
		assert.Equal(t, r.fields, a.fieldCodes(), "and corrects what is named")

		after, err := s.store.ByKey(t.Context(), "jin ho")
		require.NoError(t, err)
		if r.roles == nil {
			r.roles = []string{RoleUser}
			assert.NotContains(t, s.log.events, "roles_change", "nothing happened")
		} else {
			assert.Equal(t, []string{"roles_change"}, s.log.events, "operators see who gave which role")
		}
		assert.Equal(t, r.roles, after.Roles, "what the answer says is what is stored")
	})
}
