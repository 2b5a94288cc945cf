package main

import (
	"testing"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAttacks_haveAScript(t *testing.T) {
	names := map[string]bool{}
	for _, a := range attack.All() {
		names[a.Name] = true
		assert.Contains(t, scripts(), a.Name)
		assert.Len(t, a.Hints, 3, a.Name)
		assert.NotEmpty(t, a.Story+a.Case+a.Held.Answer, a.Name)
	}
	assert.Len(t, names, len(scripts()), "no two attacks have one name")
}

// Every flaw fits the reference.
func TestGame_flawed(t *testing.T) {
	s := realSession(t)
	for _, a := range attack.All() {
		ch, err := s.course.Chapter(a.Chapter())
		require.NoError(t, err)
		g := &game{session: s, attack: a}
		got, err := g.flawed(t.Context(), ch)
		require.NoError(t, err, a.Name)
		assert.NotEqual(t, ch.Reference, got, a.Name)
	}
}

func realSession(t *testing.T) *session {
	tool, _ := fixture.OpenReal(t, "")
	return newSession(tool.Course, tool.UI, 0)
}

// The proof of each attack: the flag is had from the server with the flaw. The same
// requests, of the same world, get nothing from the reference.
func TestAttacks(t *testing.T) {
	fixture.SkipUnlessLong(t)
	s := realSession(t)
	reference := targetOf(t, &game{session: s}, nil)
	for _, a := range attack.All() {
		t.Run(a.Name, func(t *testing.T) {
			w, err := a.Draw()
			require.NoError(t, err)
			w.Says = "This is for practice."
			g := &game{session: s, attack: a, world: w}
			weak := breakIn(t, targetOf(t, g, g.flawed), g)
			assert.Contains(t, weak.last, w.Flag, "the attack works")
			assert.Equal(t, a.Name != "who-is-here", weak.flag, "the server notices")

			whole := breakIn(t, reference, g)
			assert.NotContains(t, whole.last, w.Flag, "the reference holds")
			assert.False(t, whole.flag)
			assert.GreaterOrEqual(t, whole.answers[a.Held.Answer], max(1, a.Held.Times), "%v", whole.answers)
		})
	}
}

func targetOf(t *testing.T, g *game, version versionOf) (binary string) {
	dir, clean, err := course.NewScratch()
	require.NoError(t, err)
	t.Cleanup(clean)
	binary, err = g.build(t.Context(), version, dir)
	require.NoError(t, err)
	return binary
}

// outcome is what an attack came to.
type outcome struct {
	last    string // answer
	flag    bool   // was seen by the server
	answers map[string]int
}

func breakIn(t *testing.T, binary string, g *game) outcome {
	server, err := startTarget(t.Context(), binary, g.world)
	require.NoError(t, err)
	defer server.close()
	o := outcome{answers: map[string]int{}}
	seen := make(chan struct{})
	go func() {
		defer close(seen)
		for e := range server.events {
			o.flag = o.flag || e.Flag
			o.answers[e.Answer]++
		}
	}()
	last := scripts()[g.attack.Name](attacker{t, "http://" + server.address, g.world})
	server.end()
	<-seen
	o.last = last
	return o
}

// What is listed, and which attack a word means.
func TestAttack_listsAndRefuses(t *testing.T) {
	tool, out := fixture.OpenReal(t, "")
	listAttacks(tool.UI, map[string]string{"none": brokenIn})
	assert.Regexp(t, `2\.7 +none +broken in`, out.String())
	assert.Contains(t, out.String(), "attack one-byte", "the next is the first that was not done")
	_, err := chooseAttack("9.9", nil)
	assert.ErrorContains(t, err, `no attack on "9.9"`)
	second, err := chooseAttack("2.6", map[string]string{"key-confusion": brokenIn})
	require.NoError(t, err)
	assert.Equal(t, "kid", second.Name)
}
