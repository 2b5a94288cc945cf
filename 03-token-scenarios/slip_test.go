package tokens

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// A row with a slip must say so, on any implementation, and not pass for one that
// unmasks.
func TestStory_tellsSlips(t *testing.T) {
	rows := []struct {
		name  string
		steps []step
		want  string
	}{
		{"no steps", nil, "the scenario has no steps, so it can't fail"},
		{"no step", []step{{}}, "step 1, : this is no step; begin with a verb, such as logIn"},
		{"an unknown pair", []step{me("a")}, `step 1, me("a"): no step before has called its tokens "a"`},
		{"an unknown bearer", []step{logIn("a"), logOut("a").withBearerOf("b")},
			`step 2, logOut("a").withBearerOf("b"): no step before has called its tokens "b"`},
		{"two pairs of one name", []step{logIn("a"), refresh("a").gives("a")},
			`step 2, refresh("a").gives("a"): two steps call their tokens "a"; name them apart`},
		{"tokens from what gives none", []step{logIn("a"), me("a").gives("b")},
			`step 2, me("a").gives("b"): gives() says nothing about me; it belongs to logIn, refresh`},
		{"tokens from what fails", []step{refresh("a").gives("b").fails("INVALID_TOKEN")},
			`step 1, refresh("a").gives("b").fails("INVALID_TOKEN"): gives() says nothing about a step that fails`},
		{"a person behind what asks for one", []step{me("b").as("MIN SU")},
			`step 1, me("b").as("MIN SU"): as() says nothing about me; it belongs to logIn`},
		{"a cookie for what sends none", []step{me("a").withCookieOnly()},
			`step 1, me("a").withCookieOnly(): withCookieOnly() says nothing about me; it belongs to logOut`},
		{"a wait that fails", []step{wait(time.Second).fails("INVALID_TOKEN")},
			`step 1, wait(1s).fails("INVALID_TOKEN"): fails() says nothing about wait; it belongs to logIn, me, refresh, logOut, logOutAll`},
		{"a code that nobody has", []step{me("a").fails("INVALID")},
			`step 1, me("a").fails("INVALID"): there is no code "INVALID"; internal/problem/code.go lists them, such as INVALID_TOKEN`},
		{"no code", []step{me("a").fails("")},
			`step 1, me("a").fails(""): there is no code ""; internal/problem/code.go lists them, such as INVALID_TOKEN`},
		{"wrong twice", []step{me("a").wrongKind().wrongKind()},
			`step 1, me("a").wrongKind().wrongKind(): wrongKind() stands there twice`},
		{"two ways to log out", []step{logOut("a").withCookieOnly().withBearerOf("b")},
			`step 1, logOut("a").withCookieOnly().withBearerOf("b"): a log-out is with the cookie only, with the bearer only or with another bearer`},
		{"time goes back", []step{wait(-time.Hour)}, `step 1, wait(-1h0m0s): time goes forward; wait for more than nothing`},
		{"no time goes by", []step{wait(0)}, `step 1, wait(0s): time goes forward; wait for more than nothing`},
		{"nobody is together", []step{together()}, `step 1, together(): it takes two to be together`},
		{"one is together", []step{together(me("a"))}, `step 1, together(me("a")): it takes two to be together`},
		{"together, and one is a slip", []step{logIn("a"), together(me("a"), me("b"))},
			`step 2, together(me("a"), me("b")): me("b"): no step before has called its tokens "b"`},
		{"one pair", []step{sameRefresh("a", "a")},
			`step 1, sameRefresh("a", "a"): a pair is always like itself; name two`},
		{"nobody's name", []step{logIn("a"), logIn("b").as("Min Su")},
			`step 2, logIn("b").as("Min Su"): there is no person called "Min Su"; write one of JIN HO, MIN SU`},
		{"nobody to disable", []step{disable("jin ho")},
			`step 1, disable("jin ho"): there is no person called "jin ho"; write one of JIN HO, MIN SU`},
		{"another code", []step{logIn("a"), me("a").tampered().fails("TOKEN_EXPIRED")},
			`step 2, me("a").tampered().fails("TOKEN_EXPIRED"): expected TOKEN_EXPIRED, got INVALID_TOKEN: the client branches on the code`},
		{"success that can't be", []step{logIn("a"), refresh("a").tampered()},
			`step 2, refresh("a").tampered(): expected success, got INVALID_TOKEN: who may do this is turned away`},
		{"a failure that can't be", []step{logIn("a"), me("a").fails("INVALID_TOKEN")},
			`step 2, me("a").fails("INVALID_TOKEN"): expected INVALID_TOKEN, got success: who may not do this gets through`},
		{"a cookie that must change", []step{logIn("a"), refresh("a").keepsCookie()},
			`step 2, refresh("a").keepsCookie(): expected the cookie left alone, got the cookie set: another tab may just have renewed it`},
		{"two refresh tokens that differ", []step{logIn("a"), logIn("b"), sameRefresh("a", "b")},
			`step 3, sameRefresh("a", "b"): expected one refresh token, got two: the session has two successors, and a thief can keep one`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.EqualError(t, playInBubble(t, "", row.steps...), row.want)
		})
	}
	assert.EqualError(t, playInBubble(t, "mixes-users-up", logIn("a"), logIn("b").as("MIN SU"), me("b")),
		`step 3, me("b"): expected MIN SU, got "JIN HO": one person sees what belongs to another`)
}

// What means something is no slip.
func TestStory_takesWhatMeansSomething(t *testing.T) {
	assert.NoError(t, playInBubble(t, "",
		logIn("a"), logIn("b").as("MIN SU"), wait(1), together(me("a"), me("b")), logOut("a").withBearerOnly().tampered(),
		refresh("b").wrongKind().keepsCookie().fails("INVALID_TOKEN")))
}

func playInBubble(t *testing.T, flaw string, steps ...step) (err error) {
	t.Helper()
	synctest.Test(t, func(*testing.T) { err = tell("a row", steps...).Play(newWorld(newModel(flaw)())) })
	return err
}
