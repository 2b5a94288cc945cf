package tokens

import (
	"fmt"
	"math/rand/v2"
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
	tables := []struct {
		name  string
		id    string // of the table
		table []scenario
		last  string   // the exercise that completes the way
		needs []string // the others that it leads through
	}{
		{"access", "3.2", accessScenarios, "3.4", []string{"3.1", "3.3"}},
		{"rotation", "3.5", rotationScenarios, "3.8", []string{"3.1", "3.3", "3.4", "3.7"}},
		{"theft", "3.6", theftScenarios, "3.8", []string{"3.1", "3.3", "3.4", "3.7"}},
		{"log-out", "3.9", logOutScenarios, "3.10", []string{"3.1", "3.3", "3.4", "3.7", "3.8"}},
	}
	type row struct {
		name  string
		needs []string
		scenario
	}
	for _, table := range tables {
		t.Run(table.name, func(t *testing.T) {
			exercise.Needs(t, table.id)
			var rows []row
			for _, s := range table.table {
				rows = append(rows, row{s.name, table.needs, s})
			}
			exercise.SynctestRows(t, table.last, rows, func(t *testing.T, row row) {
				if err := row.play(newService(t)); err != nil {
					t.Errorf("the package breaks its own scenario: %v", err)
				}
			})
		})
	}
}

// TestModel_agreesWithTheService plays stories that nobody wrote down on both
// implementations. They share no code, so a rule that one gets wrong shows. The
// seeds are fixed: a run that fails fails again.
func TestModel_agreesWithTheService(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8", "3.10")
	synctest.Test(t, func(t *testing.T) {
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
