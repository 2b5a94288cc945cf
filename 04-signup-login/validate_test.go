package accounts

import (
	"fmt"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

func TestSignUp_validation(t *testing.T) {
	long := strings.Repeat("x", 129)
	type row struct {
		name  string
		body  string
		want  []string
		needs []string
	}
	rows := []row{
		{name: "all members missing", body: `{}`, want: []string{"username REQUIRED", "password REQUIRED", "nickname REQUIRED"}},
		{name: "all members empty", body: `{"username":"","password":"","nickname":""}`,
			want: []string{"username REQUIRED", "password REQUIRED", "nickname REQUIRED"}},
		{name: "wrong types are not missing", body: `{"username":1,"password":null,"nickname":[]}`,
			want: []string{"username WRONG_TYPE", "password WRONG_TYPE", "nickname WRONG_TYPE"}},
		{name: "unknown, wrong type and broken rules together", body: `{"role":"ADMIN","username":1,"password":"short","nickname":"\u0000"}`,
			want: []string{"role UNKNOWN_FIELD", "username WRONG_TYPE", "password TOO_SHORT", "nickname INVALID_CHARACTERS"}},
		{name: "too long", body: fmt.Sprintf(`{"username":%q,"password":%q,"nickname":%q}`, long, long, long),
			want: []string{"username TOO_LONG", "password TOO_LONG", "nickname TOO_LONG"}},
		{name: "a name with a slash", body: `{"username":"a/b","password":"12341234","nickname":"n"}`,
			want: []string{"username INVALID_CHARACTERS"}},
	}
	for i := range rows {
		rows[i].needs = []string{"4.1", "4.2", "4.3"}
	}
	exercise.Rows(t, "4.5", rows, func(t *testing.T, r row) {
		a := newServer().do(request{do: "POST /signup", body: r.body})
		assert.Equal(t, 400, a.status, "the client must correct bad input")
		assert.Equal(t, problem.ValidationFailed, a.code, "the code is what clients branch on")
		assert.Equal(t, r.want, a.fieldCodes(), "all wrong fields are named at once, each once")
		for _, f := range a.fields {
			assert.NotEmpty(t, f.Message, "%s: a person needs to read what would be right", f.Field)
		}
	})
}

func TestSignUp_boundsTheErrorAnswer(t *testing.T) {
	exercise.Needs(t, "4.2", "4.3", "4.5")
	var body strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&body, `"m%d":0,`, i)
	}
	long := strings.Repeat("n", 2000)
	a := newServer().do(request{do: "POST /signup", body: `{"` + long + `":0,` + body.String() + `"last":0}`})
	assert.Equal(t, problem.ValidationFailed, a.code, "unknown members are named")
	assert.Len(t, a.fields, 20, "a small request must not make a huge answer")
	assert.Less(t, len(a.body), 4096, "a long name is cut")
}
