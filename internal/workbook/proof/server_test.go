package proof

import (
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newStage is one over this tree.
func newStage(t *testing.T) *stage {
	t.Helper()
	c, err := course.Open("../../..")
	require.NoError(t, err)
	ch, err := c.Chapter("1")
	require.NoError(t, err)
	dir, clean, err := course.NewScratch()
	require.NoError(t, err)
	t.Cleanup(clean)
	return &stage{course: c, chapter: ch, dir: dir}
}

func TestLive_refusesOtherCommands(t *testing.T) {
	for _, source := range []string{"rm -r x", "curl localhost:8080/ && rm x", "go test ./...", "curl", ""} {
		_, err := newStage(t).live(t.Context(), source, false)
		assert.ErrorContains(t, err, "is not understood: output server: curl …", "%q must not run", source)
	}
}

func TestLive(t *testing.T) {
	fixture.SkipUnlessLong(t)
	const signUp = `curl -s localhost:8080/signup -H 'Content-Type: application/json' ` +
		`-d '{"username":"JIN HO","password":"12341234","nickname":"Mentos"}'`
	const logIn = `TOKEN=$(curl -s -c /tmp/jar localhost:8080/login -H 'Content-Type: application/json' ` +
		`-d '{"username":"JIN HO","password":"12341234"}' | cut -d'"' -f4)`
	const me = `curl -s localhost:8080/me -H "Authorization: Bearer $TOKEN"`
	const shown = `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}`
	stage := newStage(t)

	got, err := stage.live(t.Context(), signUp+" && "+logIn+" && "+me, false)
	require.NoError(t, err)
	assert.Equal(t, "$ "+signUp+"\n"+shown+"\n$ "+logIn+"\n$ "+me+"\n"+shown+"\n", got,
		"what one command assigns, the next can use")

	again, err := stage.live(t.Context(), signUp+" && curl -s -o /tmp/home localhost:8080/", true)
	require.NoError(t, err)
	assert.Contains(t, again, "\n"+shown+"\n", "no block sees what another left")
	assert.Contains(t, again, `status=200 bytes=`, "the log is shown")
	assert.NotContains(t, again, "stopping", "and nothing of the end")

	const export = "go tool workbook run admin export /tmp/users && cat /tmp/users"
	users, err := stage.live(t.Context(), signUp+" && "+export, false)
	require.NoError(t, err)
	assert.Contains(t, users, `"password_hash":"$argon2id$`, "a command of the server reads the same database")
}
