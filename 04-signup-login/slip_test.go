package accounts

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// slip tells what is wrong with a step whatever server it is sent to.
func (st step) slip() error {
	method, path, _ := strings.Cut(st.do, " ")
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	_, err := url.ParseRequestURI(path)
	switch {
	case !slices.Contains(methods, method), !strings.HasPrefix(path, "/"), err != nil:
		return fmt.Errorf("%q is no request; write a method and a path, such as POST /login", st.do)
	case st.after < 0:
		return errors.New("time goes forward; after can't be negative")
	case st.times < 0, st.atOnce < 0:
		return errors.New("times and atOnce can't be negative")
	case st.times > 0 && st.atOnce > 0:
		return errors.New("a step is sent times after each other or atOnce; leave one of them out")
	case st.status == 0:
		return errors.New("the step expects nothing; write the status that must come back")
	case st.status < http.StatusBadRequest && st.code != "":
		return fmt.Errorf("a success has no code; leave %s out", st.code)
	case st.answer != "" && !json.Valid([]byte(st.answer)):
		return fmt.Errorf("the row's answer is no JSON: %s", st.answer)
	}
	return nil
}

// misnamed tells of a scenario whose name says nothing, or stands there before.
func misnamed(table []scenario, at int) error {
	name := table[at].name
	if strings.TrimSpace(name) == "" {
		return fmt.Errorf("scenario %d has no name", at+1)
	}
	if first := slices.IndexFunc(table, func(sc scenario) bool { return sc.name == name }); first < at {
		return fmt.Errorf("two scenarios are named %q", name)
	}
	return nil
}

func TestStep_slip(t *testing.T) {
	rows := []struct {
		name string
		step step
		want string
	}{
		{"no slash", step{do: "POST signup", status: 201}, `"POST signup" is no request; write a method and a path, such as POST /login`},
		{"no path", step{do: "GET", status: 200}, `"GET" is no request; write a method and a path, such as POST /login`},
		{"nothing", step{status: 200}, `"" is no request; write a method and a path, such as POST /login`},
		{"a method that nobody has", step{do: "FETCH /me", status: 200}, `"FETCH /me" is no request; write a method and a path, such as POST /login`},
		{"a path with a stray percent", step{do: "GET /%zz", status: 200}, `"GET /%zz" is no request; write a method and a path, such as POST /login`},
		{"back in time", step{do: "GET /me", after: -time.Hour, status: 200}, "time goes forward; after can't be negative"},
		{"less than once", step{do: "GET /me", times: -3, status: 200}, "times and atOnce can't be negative"},
		{"one after the other and at once", step{do: "GET /me", times: 2, atOnce: 2, status: 200}, "a step is sent times after each other or atOnce; leave one of them out"},
		{"no status", step{do: "POST /signup"}, "the step expects nothing; write the status that must come back"},
		{"a code of a success", step{do: "GET /me", status: 200, code: "INVALID_TOKEN"}, "a success has no code; leave INVALID_TOKEN out"},
		{"an answer that is no JSON", step{do: "GET /me", status: 200, answer: `{"a":}`}, `the row's answer is no JSON: {"a":}`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.EqualError(t, row.step.slip(), row.want)
			err := play(newModel(""), scenario{row.name, []step{row.step}})
			assert.ErrorContains(t, err, row.want, "it is told where the row is played")
		})
	}
	assert.ErrorContains(t, play(newModel(""), scenario{name: "empty"}), "no steps")
	assert.NoError(t, step{do: "GET /admin/users/a%20b/roles", times: 2, status: 405, answer: "{}"}.slip())
}

func TestMisnamed(t *testing.T) {
	table := []scenario{{name: "a"}, {name: " "}, {name: "a"}, {name: "b"}}
	assert.NoError(t, misnamed(table, 0))
	assert.EqualError(t, misnamed(table, 1), "scenario 2 has no name")
	assert.EqualError(t, misnamed(table, 2), `two scenarios are named "a"`)
	assert.NoError(t, misnamed(table, 3))
}
