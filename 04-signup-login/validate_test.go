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
	exercise.Needs(t, handlerExercises()...)
	long := strings.Repeat("x", 129)
	rows := []struct {
		name string
		body string
		want []string
	}{
		{"all members missing", `{}`, []string{"username REQUIRED", "password REQUIRED", "nickname REQUIRED"}},
		{"all members empty", `{"username":"","password":"","nickname":""}`,
			[]string{"username REQUIRED", "password REQUIRED", "nickname REQUIRED"}},
		{"wrong types are not missing", `{"username":1,"password":null,"nickname":[]}`,
			[]string{"username WRONG_TYPE", "password WRONG_TYPE", "nickname WRONG_TYPE"}},
		{"unknown, wrong type and broken rules together", `{"role":"ADMIN","username":1,"password":"short","nickname":"\u0000"}`,
			[]string{"role UNKNOWN_FIELD", "username WRONG_TYPE", "password TOO_SHORT", "nickname INVALID_CHARACTERS"}},
		{"too long", fmt.Sprintf(`{"username":%q,"password":%q,"nickname":%q}`, long, long, long),
			[]string{"username TOO_LONG", "password TOO_LONG", "nickname TOO_LONG"}},
		{"a name with a slash", `{"username":"a/b","password":"12341234","nickname":"n"}`,
			[]string{"username INVALID_CHARACTERS"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := newServer().do(request{do: "POST /signup", body: row.body})
			assert.Equal(t, 400, a.status, "bad input is the client's to mend")
			assert.Equal(t, problem.ValidationFailed, a.code, "the code is what clients branch on")
			assert.Equal(t, row.want, a.fieldCodes(), "all wrong fields are named at once, each once")
			for _, f := range a.fields {
				assert.NotEmpty(t, f.Message, "%s: a person needs to read what would be right", f.Field)
			}
		})
	}
}

func TestSignUp_boundsTheErrorAnswer(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	var body strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&body, `"m%d":0,`, i)
	}
	long := strings.Repeat("n", 2000)
	a := newServer().do(request{do: "POST /signup", body: `{"` + long + `":0,` + body.String() + `"last":0}`})
	assert.Equal(t, problem.ValidationFailed, a.code, "unknown members are named")
	assert.Len(t, a.fields, maxWrongFields, "a small request must not make a huge answer")
	assert.Less(t, len(a.body), 4096, "a long name is cut")
}
