package accounts

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

// A scenario is a story in requests, told to a fresh server. There is one
// account from the start: "root" with the password "root-password", an
// administrator.
type scenario struct {
	name  string
	steps []step
}

// A step is one request and what must come back.
type step struct {
	after time.Duration // wait this long first; the clock is a fake one
	do    string        // method and path, such as "POST /login"
	body  string        // JSON
	from  string        // the client's address; empty is one address, the same for every such step
	as    string        // send the token that was kept under this name
	keep  string        // keep the answer's token under this name

	times  int // send it this often, one after the other, each with the same end
	atOnce int // send it this often at the same moment: one ends so, all others answer 409

	status int          // what must come back
	code   problem.Code // of the problem; empty for a success
	answer string       // the whole body, as JSON; empty is not looked at
}

// play tells the scenario to a server and returns the first thing that went
// another way.
func play(h http.Handler, sc scenario) error {
	tokens := map[string]string{}
	if len(sc.steps) == 0 {
		return errors.New("the scenario has no steps, so it can't fail")
	}
	for i, st := range sc.steps {
		if err := st.run(h, tokens); err != nil {
			return fmt.Errorf("step %d, %s: %w", i+1, st.do, err)
		}
	}
	return nil
}

func (st step) run(h http.Handler, tokens map[string]string) error {
	if err := st.slip(); err != nil {
		return err
	}
	time.Sleep(st.after)
	r := request{do: st.do, body: st.body, from: st.from, token: tokens[st.as]}
	if st.as != "" && r.token == "" {
		return fmt.Errorf("no earlier step keeps a token as %q", st.as)
	}
	if st.atOnce > 0 {
		return st.runAtOnce(h, r)
	}
	for range max(1, st.times) {
		a := send(h, r)
		if err := st.judge(a); err != nil {
			return err
		}
		if st.keep != "" {
			tokens[st.keep] = a.token()
		}
	}
	return nil
}

func (st step) judge(a answer) error {
	if a.status != st.status || a.code != st.code {
		return fmt.Errorf("expected %s, got %s", ending(st.status, st.code), ending(a.status, a.code))
	}
	if st.answer != "" && !sameJSON(st.answer, a.body) {
		return fmt.Errorf("expected the body %s, got %s", st.answer, strings.TrimSpace(a.body))
	}
	return nil
}

// ending is "200", or "401 INVALID_CREDENTIALS".
func ending(status int, code problem.Code) string {
	if code == "" && status >= http.StatusBadRequest {
		return fmt.Sprint(status, " without a code")
	}
	return strings.TrimSpace(fmt.Sprint(status, " ", code))
}

func (st step) runAtOnce(h http.Handler, r request) error {
	var wait sync.WaitGroup
	answers := make([]answer, st.atOnce)
	for i := range answers {
		wait.Go(func() { answers[i] = send(h, r) })
	}
	wait.Wait()
	slices.SortFunc(answers, func(a, b answer) int { return cmp.Compare(a.status, b.status) })
	for i, a := range answers {
		if i == 0 {
			if err := st.judge(a); err != nil {
				return err
			}
		} else if a.status != http.StatusConflict {
			return fmt.Errorf("expected one %d and %d times 409, got one more %d", st.status, st.atOnce-1, a.status)
		}
	}
	return nil
}

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}

// handlerExercises is what every request to the reference may run through.
func handlerExercises() []string {
	return []string{"4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "4.7", "4.8"}
}

// testScenarios holds a table to its two duties: it passes on a correct server,
// and it fails on every impostor. exercise is the table's own.
func testScenarios(t *testing.T, id string, table []scenario, impostors []impostor) {
	type row struct {
		name  string
		needs []string
	}
	reference := []row{{name: "reference", needs: handlerExercises()}}
	exercise.SynctestRows(t, id, reference, func(t *testing.T, _ row) {
		assert.NotEmpty(t, table, "an empty table unmasks nobody")
		for i, sc := range table {
			if err := misnamed(table, i); err != nil {
				t.Error(err)
			}
			if err := play(referenceServer(), sc); err != nil {
				t.Errorf("correct this first: scenario %q fails on the reference (%v). "+
					"A table that is wrong about the right server proves nothing", sc.name, err)
			}
		}
	})
	var unmaskers []string
	t.Run("unmasks", func(t *testing.T) {
		exercise.SynctestRows(t, id, impostors, func(t *testing.T, im impostor) {
			unmaskers = append(unmaskers, unmask(t, table, im))
		})
	})
	exercise.Idle(t, table, unmaskers, len(impostors))
}

// unmask returns the first scenario that fails on the impostor, or fails. All of
// them must pass on the model without a flaw: a scenario that every server fails
// unmasks nobody.
func unmask(t *testing.T, table []scenario, im impostor) string {
	for _, sc := range table {
		if err := play(newModel(""), sc); err != nil {
			t.Fatalf("first correct scenario %q: a server without a flaw fails it too (%v)", sc.name, err)
		}
	}
	var caught []string
	for _, sc := range table {
		if err := play(newModel(im.name), sc); err != nil {
			t.Logf("unmasked by %q (%v)", sc.name, err)
			caught = append(caught, sc.name)
		}
	}
	if len(caught) > 0 {
		exercise.Unmasked(t, caught, im.shipped)
		return caught[0]
	}
	t.Errorf("expected a scenario to fail on this impostor, got none: %s, and your table still passed\n%s",
		im.flaw, nearest(table, im.name))
	return ""
}

// nearest says which scenario meets the flaw most often, and where first.
func nearest(table []scenario, flaw string) string {
	steps := func(sc scenario) int { return len(sc.steps) }
	sc, n := exercise.Nearest(table, steps, func(sc scenario, n int) int64 {
		var met atomic.Int64
		_ = play(newObserved(flaw, &met), scenario{sc.name, sc.steps[:n]}) // it passes; part of it may not
		return met.Load()
	})
	if n == 0 {
		return "none of your scenarios comes near it"
	}
	return fmt.Sprintf("your scenario %q comes nearest: it meets the flaw in step %d, %s, and sees nothing wrong",
		sc.name, n, sc.steps[n-1].do)
}

// referenceServer is the chapter's own handlers with the account of every
// scenario.
func referenceServer() http.Handler {
	s := newServer()
	s.add("root", "root-password", RoleAdmin, RoleUser)
	return s.routes
}
