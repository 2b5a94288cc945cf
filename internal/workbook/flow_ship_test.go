package main

import (
	"context"
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// instanceVariable set makes tests boot the stand-in of chapter 05.
const instanceVariable = "AUTHBOOK_TEST_INSTANCE"

var (
	shipPattern   = regexp.MustCompile(`(?m)^ship +(go run \./05-deploy/ship .*@([0-9.]+))$`)
	commitPattern = regexp.MustCompile(`[0-9a-f]{40}`)
)

// ship releases what Ann has merged to a booted machine, and asks the server
// there for what she wrote. Where no machine is booted, the page keeps the part
// that it has.
func (f *flow) ship(t *testing.T) {
	if os.Getenv(instanceVariable) == "" {
		f.leaveBlock()
		f.text.WriteString(shipPart(f.old))
		t.Skip("to ship the result too, as root on Debian: " + instanceVariable + "=1; .ci/instance sets it")
	}
	f.t = t
	f.say(
		"## Ship\n\nAnn has no AWS account. The stand-in of chapter 05 boots a Debian for her, made ready as an instance on EC2 is.")
	t.Cleanup(func() { // whatever happens; down twice is no error
		out, err := f.command(context.Background(), "ann", f.real("go run ./05-deploy/standin -name ann down"),
			"").CombinedOutput()
		assert.NoError(t, err, "%s", out)
	})
	found := shipPattern.FindStringSubmatch(f.run("ann", "go run ./05-deploy/standin -name ann up", 0))
	require.NotNil(t, found, "standin says how to ship to it")
	f.say("The last line is what she types next. `ship` builds the server from her main.")
	out := f.run("ann", found[1], 0)
	assert.Contains(t, out, "serves on "+found[2])
	assert.NotContains(t, out, "FAILED")
	f.say("### Whose code answers?\n\nIts commit is the head of her main, which has both merges.")
	commit := commitPattern.FindString(f.run("ann", "git rev-parse HEAD", 0))
	out = f.run("ann", "curl -s http://"+found[2]+"/version", 0)
	require.Contains(t, out, `"revision":"`+commit+`","modified":false`)
	f.useServer("http://" + found[2])
	f.say("That was the whole way: her code, read by somebody, merged, and in use. She removes the machine.")
	f.run("ann", "go run ./05-deploy/standin -name ann down", 0)
}

// useServer sends what the chapters of this page answer.
func (f *flow) useServer(url string) {
	const (
		user   = `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}`
		asJSON = " -H 'Content-Type: application/json' -d "
		bearer = " -H 'Authorization: Bearer " + shortToken + "' "
	)
	f.say("### A user comes\n\nThe sample of the course signs up and logs in. This page cuts the token short.")
	f.ask("curl -s "+url+"/signup"+asJSON+`'{"username":"JIN HO","password":"12341234","nickname":"Mentos"}'`, user)
	f.ask("curl -s "+url+"/login"+asJSON+`'{"username":"JIN HO","password":"12341234"}'`, `{"token":"`+shortToken+`"}`)
	f.ask("curl -s "+url+"/login"+asJSON+`'{"username":"JIN HO","password":"43214321"}'`,
		`"code":"INVALID_CREDENTIALS"`)
	f.say("The security headers and the request's id come from chapter 1.")
	f.ask("curl -s -i"+bearer+url+"/me", "HTTP/1.1 200 OK\n", "X-Content-Type-Options: nosniff\n",
		"X-Request-Id: ", user)
	f.ask("curl -s "+url+"/me", `"code":"TOKEN_NOT_FOUND"`)
	f.say("Chapter 3 ends the session. The token has not expired, and opens nothing any more.")
	f.ask(`curl -s -X POST -w '%{http_code}\n'`+bearer+url+"/logout", "204\n")
	f.ask("curl -s"+bearer+url+"/me", `"code":"INVALID_TOKEN"`)
}

// ask is a request of Ann's, and what must be in its answer.
func (f *flow) ask(command string, want ...string) {
	f.t.Helper()
	out := f.run("ann", command, 0)
	for _, part := range want {
		assert.Contains(f.t, out, part, command)
	}
}
