package tokens

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// belongs says behind which verbs what is added to a step means something. The
// rest may stand behind each request.
var belongs = map[string][]string{
	"as":             {"logIn"},
	"gives":          {"logIn", "refresh"},
	"wrongKind":      {"me", "refresh", "logOut", "logOutAll"},
	"tampered":       {"me", "refresh", "logOut", "logOutAll"},
	"withCookieOnly": {"logOut"},
	"withBearerOnly": {"logOut"},
	"withBearerOf":   {"logOut"},
	"keepsCookie":    {"refresh", "logOut", "logOutAll"},
	"fails":          {"logIn", "me", "refresh", "logOut", "logOutAll"},
}

// slip tells what in a step no server would ever see: a row that seems to say
// something and does not.
func (s step) slip() error {
	verb, _, _ := strings.Cut(s.text, "(")
	with := 0
	for i, name := range s.said {
		if verbs := belongs[name]; !slices.Contains(verbs, verb) {
			return fmt.Errorf("%s() says nothing about %s; it belongs to %s", name, verb, strings.Join(verbs, ", "))
		}
		if slices.Contains(s.said[:i], name) {
			return fmt.Errorf("%s() stands there twice", name)
		}
		if strings.HasPrefix(name, "with") {
			with++
		}
	}
	switch {
	case with > 1:
		return errors.New("a log-out is with the cookie only, with the bearer only or with another bearer")
	case verb == "wait" && s.pause <= 0:
		return errors.New("time goes forward; wait for more than nothing")
	case verb == "together" && len(s.both) < 2:
		return errors.New("it takes two to be together")
	case verb == "sameRefresh" && s.tokens == s.bearer:
		return errors.New("a pair is always like itself; name two")
	}
	return nil
}

func TestStep_slip(t *testing.T) {
	rows := []struct {
		name string
		step step
		want string
	}{
		{"a person behind what asks for one", me("b").as("MIN SU"), "as() says nothing about me; it belongs to logIn"},
		{"a cookie for what sends none", me("a").withCookieOnly(),
			"withCookieOnly() says nothing about me; it belongs to logOut"},
		{"tokens from what gives none", logOut("a").gives("b"),
			"gives() says nothing about logOut; it belongs to logIn, refresh"},
		{"a wait that fails", wait(time.Second).fails("X"),
			"fails() says nothing about wait; it belongs to logIn, me, refresh, logOut, logOutAll"},
		{"wrong twice", me("a").wrongKind().wrongKind(), "wrongKind() stands there twice"},
		{"two ways to log out", logOut("a").withCookieOnly().withBearerOf("b"),
			"a log-out is with the cookie only, with the bearer only or with another bearer"},
		{"time goes back", wait(-time.Hour), "time goes forward; wait for more than nothing"},
		{"no time goes by", wait(0), "time goes forward; wait for more than nothing"},
		{"nobody is together", together(), "it takes two to be together"},
		{"one is together", together(me("a")), "it takes two to be together"},
		{"one pair", sameRefresh("a", "a"), "a pair is always like itself; name two"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.EqualError(t, row.step.slip(), row.want) })
	}
	for _, table := range [][]step{
		{logIn("a").as("MIN SU").fails("X"), logOut("a").withBearerOnly().tampered(), logOut("a").wrongKind().keepsCookie()},
		{wait(1), together(me("a"), me("b")), sameRefresh("a", "b"), disable("JIN HO"), logOutAll("a")},
	} {
		for _, step := range table {
			assert.NoError(t, step.slip(), step.text)
		}
	}
}
