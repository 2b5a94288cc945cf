package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAttacks_haveAScript(t *testing.T) {
	names := map[string]bool{}
	for _, a := range attack.All() {
		names[a.Name] = true
		assert.Contains(t, scripts(), a.Name)
		assert.Len(t, a.Hints, 3, a.Name)
		assert.NotEmpty(t, a.Story, a.Name)
		assert.NotEmpty(t, a.Case, a.Name)
		assert.NotEmpty(t, a.Held.Answer, a.Name)
	}
	assert.Len(t, names, len(scripts()), "no two attacks have one name")
}

// Every flaw fits the reference, and the notes lead to it.
func TestGame_flawed(t *testing.T) {
	s := realSession(t)
	for _, a := range attack.All() {
		ch, err := s.course.Chapter(a.Chapter())
		require.NoError(t, err)
		g := &game{session: s, attack: a}
		got, err := g.flawed(t.Context(), ch)
		require.NoError(t, err, a.Name)
		assert.NotEqual(t, ch.Reference, got, a.Name)
		notes, err := ch.ReadNotes()
		require.NoError(t, err)
		_, section, _ := strings.Cut(notes, "\n### "+a.Exercise+" ")
		section, _, _ = strings.Cut(section, "\n### ")
		assert.Contains(t, section, "attack "+a.Name+"`", "the notes of %s", a.Exercise)
	}
}

// The end of a chapter names what the learner's own code has stopped there.
func TestStoppedIn(t *testing.T) {
	done := map[string]string{"none": held, "kid": held, "pictures": brokenIn, "log-out": held}
	assert.Equal(t, "kid, none", stoppedIn(2, done), "in the order of the exercises")
	assert.Equal(t, "log-out", stoppedIn(3, done))
	assert.Empty(t, stoppedIn(1, done))
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

// A learner asks for a hint, guesses, breaks in, and sends the same to the own code,
// which is the reference where nothing is started.
func TestGame_weak(t *testing.T) {
	fixture.SkipUnlessLong(t)
	s := realSession(t)
	out, printed := io.Pipe()
	s.ui = term.Pipe(nil, printed)
	shown := linesOf(out)
	a := attack.Find("any-password")[0]
	w, err := a.Draw()
	require.NoError(t, err)
	typed := make(chan string)
	g := &game{session: s, attack: a, world: w, done: map[string]string{a.Name: held}, lines: typed}
	go func() {
		assert.NoError(t, g.weak(t.Context()))
		_ = printed.Close()
	}()
	address := regexp.MustCompile(`127\.0\.0\.1:\d+`).FindString(until(t, shown, "attack 4.8"))
	until(t, shown, "keys")
	until(t, shown, "flag.")
	typed <- "h"
	until(t, shown, "hint 1")
	typed <- "guessed"
	until(t, shown, "That is not the flag.")
	last := jinHo(t, address, weakSays(a)).logInAndMe("x")
	until(t, shown, w.Flag)
	assert.Contains(t, last, w.Flag)
	until(t, shown, "leaves")
	typed <- w.Flag // as many do who have just copied it
	until(t, shown, "o goes on")
	typed <- "o"
	assert.Contains(t, until(t, shown, "on your own code"), address, "the same commands reach it")
	until(t, shown, "leaves")
	status, _ := jinHo(t, address, ownSays(a)).logIn("JIN HO", "x")
	assert.Equal(t, 401, status, "the answer comes, though the server ends with it")
	until(t, shown, "The door holds")
	until(t, shown, "Exercise 4.8 is not yet yours")
	until(t, shown, "--own")
	for line := range shown {
		assert.Empty(t, line, "and that is all")
	}
}

// While the next server is built nobody else gets the port that the learner's commands name.
func TestGame_holdsThePort(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, free.Close())
	g := &game{session: realSession(t), attack: attack.Find("none")[0]}
	g.world.Address = free.Addr().String()
	_, err = g.start(t.Context(), func(context.Context, *course.Chapter) (course.Tree, error) {
		_, err := net.Listen("tcp", g.world.Address)
		return nil, err
	})
	assert.ErrorIs(t, err, syscall.EADDRINUSE)
}

// A server that has ended while the learner was thinking takes nothing away: the next
// one is another.
func TestGame_goesOnWithoutTheWeakServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events, typed := make(chan attack.Event), make(chan string)
		close(events)
		go func() {
			time.Sleep(40 * time.Second)
			typed <- "o"
		}()
		assert.True(t, (&game{lines: typed}).goesOn(t.Context(), &targetServer{events: events}))
	})
}

// linesOf reads on whether or not anybody wants the lines.
func linesOf(out io.Reader) <-chan string {
	lines := make(chan string, 100)
	go func() {
		defer close(lines)
		for shown := bufio.NewScanner(out); shown.Scan(); {
			lines <- shown.Text()
		}
	}()
	return lines
}

// jinHo is an attacker who knows no more than the name.
func jinHo(t *testing.T, address, says string) attacker {
	w := attack.World{Says: says, Victim: attack.Person{Username: "JIN HO"}}
	return attacker{t, "http://" + address, w}
}

// until returns the next line that has the text in it.
func until(t *testing.T, shown <-chan string, text string) string {
	t.Helper()
	for line := range shown {
		if strings.Contains(line, text) {
			return line
		}
	}
	require.Fail(t, "the screen never showed: "+text)
	return ""
}

// An exercise is the learner's where the server runs the text on disk.
func TestTextIn(t *testing.T) {
	const blank = "package p\n\n//workbook:exercise 2.6\nfunc f() { panic(1) }\n"
	const whole = "package p\n\n//workbook:exercise 2.6\nfunc f() {}\n"
	assert.Contains(t, textIn(course.Tree{"f.go": whole}, "2.6"), "func f() {}")
	assert.NotEqual(t, textIn(course.Tree{"f.go": blank}, "2.6"), textIn(course.Tree{"f.go": whole}, "2.6"))
	assert.Empty(t, textIn(course.Tree{"f.go": "package"}, "2.6"), "what does not parse is nobody's")
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
