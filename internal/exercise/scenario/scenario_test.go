package scenario

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// counter is a server that counts. One flaw makes it stop at two, the other at three.
type counter struct {
	count, most int
	met         *atomic.Int64
}

func newCounter(flaw string, met *atomic.Int64) *counter {
	return &counter{most: map[string]int{"": 9, "stops-at-two": 2, "stops-at-three": 3}[flaw], met: met}
}

type step struct{ Told }

func (s step) Take(c *counter) error {
	if c.count++; c.count > c.most {
		c.met.Add(1)
		return s.Judge(problem.TooManyRequests)
	}
	return s.Judge("")
}

func count() step { return step{Verb("count")} }

func (s step) fails(code problem.Code) step { return step{s.Fails([]string{"count"}, code)} }

func tellCounts(name string, steps ...step) Scenario[*counter] { return Tell[*counter](name, steps...) }

func trial() Trial[*counter] {
	return Trial[*counter]{Exercise: "9.9", Model: newCounter, Impostors: []Impostor{
		Flaw("stops-at-two", "time", "it stopped at two", "somewhere"),
		Flaw("stops-at-three", "numbers", "it stopped at three", "elsewhere"),
	}}
}

func TestTrial_problem(t *testing.T) {
	counts := tellCounts("it counts", count(), count())
	broken := tellCounts("it does not", count().fails("TOO_MANY_REQUESTS"))
	tr := trial()
	tr.Own = func() *counter { return newCounter("stops-at-two", new(atomic.Int64)) }
	rows := tr.rows([]Scenario[*counter]{
		counts, broken, tellCounts("it counts"), tellCounts(" ", count()), tellCounts("empty"), {},
		tellCounts("three", count(), count(), count()),
	})
	for i, want := range []struct{ row, problem string }{
		{"it counts", ""},
		{"it does not", `step 1, count().fails("TOO_MANY_REQUESTS"): the row expects TOO_MANY_REQUESTS, ` +
			`and a correct server gives success here: change the row`},
		{"it counts, row 3", "the row at " + counts.at + ` has the same name, "it counts"; say in what they differ`},
		{"row 4", "the scenario has no name; say what must be true"},
		{"empty", "the scenario has no steps, so it can't fail"},
		{"row 6", `this is no scenario; write tell("what must be true", and steps)`},
		{"three", "step 3, count(): expected success, got TOO_MANY_REQUESTS: who may do this is turned away\n" +
			"A correct server passes this row, so it is your own handlers that are wrong"},
	} {
		assert.Equal(t, want.row, rows[i].name)
		assert.Equal(t, want.problem, tr.problem(t, rows[i]), want.row)
	}
	assert.Regexp(t, `^scenario_test\.go:\d+$`, counts.String())
	wrong := []Scenario[*counter]{counts, broken, broken, {}, tellCounts("empty"), tellCounts("", count())}
	assert.Equal(t, 5, tr.playAll(t, wrong).broken)
}

func TestTrial_problem_ofAPanic(t *testing.T) {
	tr := trial()
	tr.Own = func() *counter { panic("no server") }
	one := tellCounts("one", count())
	assert.Contains(t, tr.problem(t, tr.rows([]Scenario[*counter]{one})[0]), "panic: no server")
}

func TestTrial_Nearest(t *testing.T) {
	table := []Scenario[*counter]{tellCounts("once", count()), tellCounts("three times", count(), count(), count())}
	f := trial().playAll(t, table)
	require.Len(t, f.caught, 1)
	assert.Equal(t, "three times", f.caught["stops-at-two"][0].row)
	assert.Equal(t, "none of your rows comes near it", trial().Nearest(t, table, "stops-at-three"))
	near := tellCounts("too often", count(), count(), count(), count().fails("TOO_MANY_REQUESTS"))
	assert.Equal(t, `your row "too often" comes nearest: `+
		`it meets the flaw in step 4, count().fails("TOO_MANY_REQUESTS"), and sees nothing wrong`,
		trial().Nearest(t, append(table, near), "stops-at-three"))
}

func TestTold(t *testing.T) {
	rows := []struct {
		name      string
		told      Told
		text, bad string
	}{
		{"a verb", Verb("logIn", "a", 2), `logIn("a", 2)`, ""},
		{"a step in a step", Verb("together", Wait(time.Hour)), "together(wait(1h0m0s))", ""},
		{"an addition", Verb("me", "a").And([]string{"me"}, "twice", []string{"b"}), `me("a").twice([]string{"b"})`, ""},
		{"where it means nothing", Verb("me").And([]string{"logIn", "logOut"}, "as", "b"), `me().as("b")`,
			"as() says nothing about me; it belongs to logIn, logOut"},
		{"two of a kind", Verb("me").And([]string{"me"}, "as").And([]string{"me"}, "as"), "me().as().as()",
			"as() stands there twice"},
		{"the first slip counts", Wait(0).And(nil, "as"), "wait(0s).as()", "time goes forward; wait for more than nothing"},
		{"the code of a failure", Verb("me").Fails([]string{"me"}, "INTERNAL"), `me().fails("INTERNAL")`, ""},
		{"a name behind a failure", Verb("me").Fails([]string{"me"}, "INTERNAL").Gives([]string{"me"}, "a"),
			`me().fails("INTERNAL").gives("a")`, "gives() says nothing about a step that fails"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.text, row.told.String())
			if row.bad == "" {
				assert.NoError(t, row.told.slip)
			} else {
				assert.EqualError(t, row.told.slip, row.bad)
			}
		})
	}
}

func TestNames(t *testing.T) {
	n := NewNames[int]("tokens")
	require.NoError(t, n.Set("a", 1))
	assert.EqualError(t, n.Set("a", 2), `two steps call their tokens "a"; name them apart`)
	got, err := n.Get("a")
	require.NoError(t, err)
	assert.Equal(t, 1, got, "the first")
	_, err = n.Get("b")
	assert.EqualError(t, err, `no step before has called its tokens "b"`)
	assert.Equal(t, 1, n.Len())
}

// An error that is no difference is told as it is, on a correct server too.
func TestOnCorrect(t *testing.T) {
	assert.Equal(t, "step 2, x: no", onCorrect(fall{2, "x", errors.New("no")}))
	assert.Equal(t, "no", onCorrect(errors.New("no")))
}
