package tokens

import (
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
)

// The learner's tables, told to the learner's own code: the reference in
// holdAgainst is a model, and this package must behave like it.
func TestSessions_tellTheScenarios(t *testing.T) {
	tell := func(last string, rows ...tableRow) {
		exercise.SynctestRows(t, last, rows, func(t *testing.T, row tableRow) {
			for _, s := range row.table {
				if s.Play(newWorld(newModel("")())) != nil {
					t.Errorf("%v: this row fails on a correct server too: correct it in the table of %s first", s, row.of)
					continue
				}
				nextSecond()
				if err := s.Play(newWorld(newService(t))); err != nil {
					t.Errorf("%v: this scenario, which a correct server passes, fails on this package: %v", s, err)
				}
			}
		})
	}
	tell("3.4", tableRow{"access", "3.2", []string{"3.1", "3.2", "3.3"}, accessScenarios})
	tell("3.8",
		tableRow{"rotation", "3.5", []string{"3.1", "3.3", "3.5", "3.7"}, rotationScenarios},
		tableRow{"theft", "3.6", []string{"3.1", "3.3", "3.6", "3.7"}, theftScenarios})
	tell("3.10", tableRow{"log-out", "3.9", []string{"3.1", "3.3", "3.9"}, logOutScenarios})
}

// nextSecond waits for a whole second, as the first scenario of a bubble has
// it: a JWT cuts its times, so that a later start would shorten its life.
func nextSecond() {
	<-time.After(time.Until(time.Now().Add(time.Second).Truncate(time.Second)))
}

// tableRow is a whole table, so that the rows of the test have the same names
// whatever the scenarios are called.
type tableRow struct {
	name  string
	of    string   // the exercise that the table is
	needs []string // the table, and exercises that the way leads through
	table []story
}

// stories is how many random stories are told. The seeds are fixed: a run that
// fails fails again.
const stories = 300

// TestModel_agreesWithTheService plays stories that nobody wrote down on both
// implementations. They share no code, so a rule that one gets wrong shows.
func TestModel_agreesWithTheService(t *testing.T) {
	type row struct {
		name  string
		needs []string
	}
	exercise.SynctestRows(t, "3.10", []row{
		{"in 300 random stories", []string{"3.1", "3.3", "3.4", "3.7", "3.8"}},
	}, func(t *testing.T, _ row) {
		for seed := range uint64(stories) {
			if story, difference := compare(seed, newService(t), newModel("")()); difference != "" {
				t.Fatalf("after the story\n  %s\n%s", strings.Join(story, "\n  "), difference)
			}
		}
	})
}

// The stories must be able to fail: each impostor falls into one of them.
func TestModel_storiesUnmaskEveryImpostor(t *testing.T) {
	for _, i := range slices.Concat(accessImpostors, rotationImpostors, theftImpostors, logOutImpostors) {
		synctest.Test(t, func(t *testing.T) {
			for seed := range uint64(stories) {
				if _, difference := compare(seed, newModel(i.Name)(), newModel("")()); difference != "" {
					return
				}
			}
			t.Errorf("expected one of %d stories to tell %s from a correct server, got none", stories, i.Name)
		})
	}
}

// compare plays a random story on both, and returns it and how they differ.
func compare(seed uint64, got, want implementation) (story []string, difference string) {
	teller := newStoryteller(seed)
	a, b := newWorld(got), newWorld(want)
	for range 30 {
		s := teller.step(b.pairs.Len())
		story = append(story, s.String())
		if s.Pause > 0 { // once for both: they share a clock
			<-time.After(s.Pause)
			continue
		}
		x, errX := observe(a, s)
		y, errY := observe(b, s)
		if x != y || errX != nil || errY != nil {
			return story, fmt.Sprintf("expected what the model answers, %+v (%v); got %+v (%v)", y, errY, x, errX)
		}
	}
	return story, ""
}

// storyteller makes up stories. Each story has its own few pauses, so that one
// is about seconds and another about weeks.
type storyteller struct {
	random *mathrand.Rand
	pauses [2]time.Duration
	calm   int // one step in so many is no refresh, no pause and no question
}

func newStoryteller(seed uint64) storyteller {
	random := mathrand.New(mathrand.NewPCG(seed, 0))
	// The last moment of a limit and the first one after it. Three tens of days
	// come to the absolute limit, or to its last second.
	pauses := [][2]time.Duration{
		{Grace, Grace}, {Grace + 1, Grace + 1}, {AccessTTL - time.Second, AccessTTL}, {AccessTTL, day},
		{IdleLimit - time.Second, IdleLimit}, {IdleLimit - day, IdleLimit - time.Hour}, {day, IdleLimit - day},
		{AbsoluteLimit / 3, AbsoluteLimit / 3}, {AbsoluteLimit/3 - 300*time.Millisecond, AbsoluteLimit / 3},
	}
	return storyteller{random, pauses[random.IntN(len(pauses))], 2 + random.IntN(6)}
}

// step draws a step that makes sense when so many pairs have been named.
func (s storyteller) step(pairs int) step {
	user := persons()[s.random.IntN(2)]
	if pairs < 3 {
		return logIn("").as(user)
	}
	one, other := strconv.Itoa(s.random.IntN(pairs)), strconv.Itoa(s.random.IntN(pairs))
	last, before := strconv.Itoa(pairs-1), strconv.Itoa(max(0, pairs-2))
	pause := wait(s.pauses[s.random.IntN(len(s.pauses))])
	rare := []step{
		logIn("").as(user), refresh(before), refresh(one), disable(user), logOutAll(last), logOutAll(one),
		me(one).wrongKind(), me(one).tampered(), refresh(one).wrongKind(), refresh(one).tampered(),
		logOut(one), logOut(one).withBearerOf(other), logOut(one).withBearerOnly(),
		logOut(one).tampered(), logOut(one).wrongKind(),
	}
	if s.random.IntN(s.calm) == 0 {
		return rare[s.random.IntN(len(rare))]
	}
	common := []step{refresh(last), me(last), me(one), pause}
	return common[s.random.IntN(len(common))]
}

// observe does the step and returns all that both implementations must agree
// on: the answer, with the name of the first pair that has the refresh token
// instead of its bytes.
func observe(w *world, s step) (answer, error) {
	got, err := s.act(w)
	if err != nil || got.access == "" {
		return got, err
	}
	s.newName = strconv.Itoa(w.pairs.Len())
	err = w.remember(s, got)
	for i := range w.pairs.Len() {
		name := strconv.Itoa(i)
		if p, _ := w.pairs.Get(name); p.refresh == got.refresh {
			got.access, got.refresh = "", name
			break
		}
	}
	return got, err
}
