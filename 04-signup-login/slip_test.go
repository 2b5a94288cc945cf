package accounts

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// A row with a slip must say so, on any server, and not pass for one that unmasks.
func TestStory_tellsSlips(t *testing.T) {
	rows := []struct {
		name string
		step step
		want string
	}{
		{"no step", step{}, ": this is no step; begin with a verb, such as logIn"},
		{"an unknown token", me("phone"), `me("phone"): no step before has called its token "phone"`},
		{"a name for what gives no token", me("a").gives("b"), `gives() says nothing about me; it belongs to logIn`},
		{"a name that is none", logIn("root", "root-password").gives(""), `gives() wants a name`},
		{"a token from what fails", logIn("root", "wrong").gives("a").fails("INVALID_CREDENTIALS"),
			`gives() says nothing about a step that fails`},
		{"an answer of what has none", deleteMe("a", "b").answers("{}"),
			"answers() says nothing about deleteMe; it belongs to signUp, me, setRoles"},
		{"an answer that is no JSON", me("a").answers(`{"a":}`), `the row's answer is no JSON: {"a":}`},
		{"a member of no body", me("a").with("role", "ADMIN"), "with() says nothing about me; it belongs to signUp"},
		{"a member that is no JSON", signUp("a", "b", "c").with("role", make(chan int)), "the body is no JSON"},
		{"a code that nobody has", me("a").fails("NOBODY"),
			`me("a").fails("NOBODY"): there is no code "NOBODY"; internal/problem/code.go lists them, such as INVALID_TOKEN`},
		{"no code", me("a").fails(""), `there is no code ""`},
		{"fails twice", me("a").fails("INVALID_TOKEN").fails("INVALID_TOKEN"), "fails() stands there twice"},
		{"from nowhere", me("a").from("home"), `"home" is no address; write one such as 198.51.100.7`},
		{"less than once", me("a").times(-3), "a request is sent once anyway; write 2 or more"},
		{"at once, and one", signUp("a", "b", "c").atOnce(1), "a request is sent once anyway; write 2 or more"},
		{"one after the other and at once", signUp("a", "b", "c").atOnce(2).times(2),
			"a request is sent times after each other or atOnce; leave one of them out"},
		{"at once, of what is no race", me("a").atOnce(2), "atOnce() says nothing about me; it belongs to signUp"},
		{"back in time", wait(-time.Hour), `wait(-1h0m0s): time goes forward; wait for more than nothing`},
		{"a wait that fails", wait(time.Hour).fails("INVALID_TOKEN"),
			"fails() says nothing about wait; it belongs to signUp, logIn, me, changePassword, deleteMe, setRoles"},
		{"another code", logIn("root", "wrong-password").fails("INVALID_TOKEN"),
			"expected INVALID_TOKEN, got INVALID_CREDENTIALS: the client branches on the code"},
		{"success that can't be", me(noToken), "expected success, got TOKEN_NOT_FOUND: who may do this is turned away"},
		{"a failure that can't be", logIn("root", "root-password").fails("INVALID_CREDENTIALS"),
			"expected INVALID_CREDENTIALS, got success: who may not do this gets through"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.ErrorContains(t, playInBubble(t, "", row.step), row.want)
		})
	}
	assert.EqualError(t, playInBubble(t, ""), "the scenario has no steps, so it can't fail")
}

// What means something is no slip.
func TestStory_takesWhatMeansSomething(t *testing.T) {
	assert.NoError(t, playInBubble(t, "",
		signUp("JIN HO", "12341234", "Mentos").atOnce(3), wait(1),
		logIn("JIN HO", "12341234").times(2).from("::1").gives("a"),
		logIn("root", "root-password").gives("b"), setRoles("b", "JIN HO", "USER").answers(sampleUser),
		deleteMe("a", "12341234"), me("a").fails("INVALID_TOKEN").times(2)))
}

// A server may answer otherwise in its status alone, in one of many answers, or in
// what it shows.
func TestStory_tellsHowAServerDiffers(t *testing.T) {
	rows := []struct {
		name, flaw string
		step       step
		want       string
	}{
		{"another answer", "shows-the-hash", signUp("JIN HO", "12341234", "Mentos").answers(sampleUser),
			"expected the answer {"},
		{"one more", "looks-first-inserts-later", signUp("a", "12341234", "b").atOnce(3),
			"expected one success and 2 times USER_ALREADY_EXISTS, got one more 201: one name is one person"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.NoError(t, playInBubble(t, "", row.step))
			assert.ErrorContains(t, playInBubble(t, row.flaw, row.step), row.want)
		})
	}
	assert.EqualError(t, me("a").judge(answer{status: 500}),
		"expected 200, got 500 without a code: clients read the status first")
	assert.EqualError(t, me("a").judge(answer{status: 201}), "expected 200, got 201: clients read the status first")
}

func playInBubble(t *testing.T, flaw string, steps ...step) (err error) {
	t.Helper()
	synctest.Test(t, func(*testing.T) { err = tell("a row", steps...).Play(newWorld(newModel(flaw))) })
	return err
}
