package accounts

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"example.com/authbook/internal/exercise/scenario"
	"example.com/authbook/internal/problem"
)

// world is a scenario under way on a server.
type world struct {
	replies replies
	tokens  *scenario.Names[string]
}

func newWorld(h http.Handler) *world { return worldOf(repliesOf(h)) }

func worldOf(r replies) *world { return &world{r, scenario.NewNames[string]("token")} }

// flawed is a fresh world on a model.
func flawed(flaw string, met *atomic.Int64) *world { return newWorld(newObserved(flaw, met)) }

// ownHandlers is a fresh world on the chapter's own handlers, with the account of
// every scenario.
func ownHandlers() *world {
	s := newServer()
	s.add("root", "root-password", RoleAdmin, RoleUser)
	return newWorld(s.routes)
}

// Take sends the step's request and compares.
func (s step) Take(w *world) error {
	r, err := s.written(w)
	if err != nil {
		return err
	}
	if s.atTime > 0 {
		return s.race(w, r)
	}
	var a answer
	for range max(1, s.often) {
		a = w.replies(r)
		if err := s.judge(a); err != nil {
			return err
		}
	}
	if s.newName == "" {
		return nil
	}
	return w.tokens.Set(s.newName, a.token())
}

// written is the request with its body and its token.
func (s step) written(w *world) (r request, err error) {
	r = s.request
	if s.members != nil {
		body, err := json.Marshal(s.members)
		if err != nil {
			return r, fmt.Errorf("the body is no JSON: %w", err)
		}
		r.body = string(body)
	}
	if s.sender == noToken {
		return r, nil
	}
	r.token, err = w.tokens.Get(s.sender)
	return r, err
}

func (s step) judge(a answer) error {
	if a.code != "" || a.status < http.StatusBadRequest {
		if err := s.Judge(a.code); err != nil {
			return err
		}
	}
	status := s.success
	if s.Code != "" {
		status = s.Code.Status()
	}
	if a.status != status {
		return scenario.Differ(ending(status, s.Code), ending(a.status, a.code), "clients read the status first")
	}
	if s.whole != "" && !sameJSON(s.whole, a.body) {
		return scenario.Differ(fmt.Sprintf("the answer %s", s.whole), strings.TrimSpace(a.body), "the whole answer counts")
	}
	return nil
}

// ending is "200", or "401 INVALID_CREDENTIALS".
func ending(status int, code problem.Code) string {
	if code == "" && status >= http.StatusBadRequest {
		return fmt.Sprintf("%d without a code", status)
	}
	return strings.TrimSpace(fmt.Sprint(status, " ", code))
}

// race sends the request many times at the same moment.
func (s step) race(w *world, r request) error {
	var wait sync.WaitGroup
	answers := make([]answer, s.atTime)
	for i := range answers {
		wait.Go(func() { answers[i] = w.replies(r) })
	}
	wait.Wait()
	slices.SortFunc(answers, func(a, b answer) int { return cmp.Compare(a.status, b.status) })
	if err := s.judge(answers[0]); err != nil {
		return err
	}
	for _, late := range answers[1:] {
		if late.code != problem.UserAlreadyExists {
			return scenario.Differ(fmt.Sprintf("one success and %d times %s", s.atTime-1, problem.UserAlreadyExists),
				fmt.Sprintf("one more %s", ending(late.status, late.code)), "one name is one person")
		}
	}
	return nil
}

func sameJSON(a, b string) bool {
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
}
