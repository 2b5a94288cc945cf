package tokens

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

// The learner's tables, told to the learner's own code: the reference in
// holdAgainst is a model, and this package must behave like it.
func TestSessions_tellTheScenarios(t *testing.T) {
	tell := func(last string, rows ...tableRow) {
		exercise.SynctestRows(t, last, rows, func(t *testing.T, row tableRow) {
			for _, s := range row.table {
				if err := s.play(newService(t)); err != nil {
					t.Errorf("%q, a scenario that a correct server passes, fails on this package: %v", s.name, err)
				}
			}
		})
	}
	tell("3.4", tableRow{"access", []string{"3.1", "3.2", "3.3"}, accessScenarios})
	tell("3.8",
		tableRow{"rotation", []string{"3.1", "3.3", "3.5", "3.7"}, rotationScenarios},
		tableRow{"theft", []string{"3.1", "3.3", "3.6", "3.7"}, theftScenarios})
	tell("3.10", tableRow{"log-out", []string{"3.1", "3.3", "3.9"}, logOutScenarios})
}

// tableRow is a whole table, so that the rows of the test have the same names
// whatever the scenarios are called.
type tableRow struct {
	name  string
	needs []string // the table, and exercises that the way leads through
	table []scenario
}

// TestModel_agreesWithTheService plays stories that nobody wrote down on both
// implementations. They share no code, so a rule that one gets wrong shows. The
// seeds are fixed: a run that fails fails again.
func TestModel_agreesWithTheService(t *testing.T) {
	type row struct {
		name  string
		needs []string
	}
	exercise.SynctestRows(t, "3.10", []row{
		{"in a hundred random stories", []string{"3.1", "3.3", "3.4", "3.7", "3.8"}},
	}, func(t *testing.T, _ row) {
		for seed := range uint64(100) {
			random := rand.New(rand.NewPCG(seed, 0))
			if story, difference := compareOn(t, random); difference != "" {
				t.Fatalf("after the story\n  %s\n%s", strings.Join(story, "\n  "), difference)
			}
		}
	})
}

// compareOn plays a random story on both, and returns it and how they differ.
func compareOn(t *testing.T, random *rand.Rand) (story []string, difference string) {
	service := &world{implementation: newService(t), pairs: map[string]pairOf{}}
	model := &world{implementation: newModel(honest)(), pairs: map[string]pairOf{}}
	for range 30 {
		s := anyStep(random, len(model.pairs))
		story = append(story, s.text)
		a, errA := observe(service, s)
		b, errB := observe(model, s)
		if a != b || errA != nil || errB != nil {
			return story, fmt.Sprintf("expected of the service what the model answers, %+v (%v); got %+v (%v)", b, errB, a, errA)
		}
	}
	return story, ""
}

// anyStep draws a step that makes sense when so many pairs have been named.
func anyStep(random *rand.Rand, pairs int) step {
	user := []string{"JIN HO", "MIN SU"}[random.IntN(2)]
	if pairs == 0 {
		return logIn("").as(user)
	}
	one, other, last := strconv.Itoa(random.IntN(pairs)), strconv.Itoa(random.IntN(pairs)), strconv.Itoa(pairs-1)
	pauses := []time.Duration{time.Second, Grace, Grace + 1, AccessTTL, day, IdleLimit - time.Hour, IdleLimit}
	pause := wait(pauses[random.IntN(len(pauses))])
	steps := []step{
		logIn("").as(user), refresh(one), refresh(last), refresh(last), refresh(last), me(one), me(last), pause, pause, pause,
		me(one).wrongKind(), me(one).tampered(), refresh(one).wrongKind(), refresh(one).tampered(),
		logOut(one), logOut(one).withBearerOf(other), logOut(one).withBearerOnly(), logOut(one).tampered(),
		logOut(one).wrongKind(), logOutAll(one), disable(user),
	}
	return steps[random.IntN(len(steps))]
}

// observe does the step and returns all that both implementations must agree
// on, which is everything but the bytes of the tokens.
func observe(w *world, s step) (answer, error) {
	got, err := s.action(w, s)
	if err != nil {
		return got, err
	}
	if got.access != "" {
		s.newName = strconv.Itoa(len(w.pairs))
		err = w.remember(s, got)
	}
	got.access, got.refresh = "", ""
	return got, err
}
