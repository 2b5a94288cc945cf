package tokens

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"example.com/authbook/internal/exercise/scenario"
	"example.com/authbook/internal/problem"
)

// implementation is anything that a scenario can be played on. The tokens are
// as the client holds them, and empty where it sends none.
type implementation interface {
	logIn(user string) answer
	me(bearer string) answer
	refresh(cookie string) answer
	logOut(cookie, bearer string) answer
	logOutAll(bearer string) answer
	disable(user string)
}

// answer is what a client sees of a response.
type answer struct {
	code            problem.Code // empty for success
	user            string       // of me
	access, refresh string       // of logIn and refresh
	cookie          cookieChange
}

// cookieChange is what an answer does to the browser's refresh cookie.
type cookieChange string

const (
	cookieKept    cookieChange = ""
	cookieSet     cookieChange = "set"
	cookieCleared cookieChange = "cleared"
)

// world is a scenario under way on an implementation.
type world struct {
	implementation
	pairs *scenario.Names[pairOf]
}

// pairOf is a named pair of tokens and whose they are.
type pairOf struct{ user, access, refresh string }

func newWorld(i implementation) *world { return &world{i, scenario.NewNames[pairOf]("tokens")} }

// Take does the step and compares.
func (s step) Take(w *world) error {
	got, err := s.act(w)
	if err != nil {
		return err
	}
	if err := s.Judge(got.code); err != nil {
		return err
	}
	if s.keepCookie && got.cookie != cookieKept {
		return scenario.Differ("the cookie left alone", "the cookie "+string(got.cookie),
			"another tab may just have renewed it")
	}
	if s.newName == "" || s.Code != "" {
		return nil
	}
	return w.remember(s, got)
}

// act does the step.
func (s step) act(w *world) (answer, error) {
	sent, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	other, err := w.pair(s, s.bearer)
	if err != nil {
		return answer{}, err
	}
	return s.action(w, s, sent, other)
}

// remember names the pair that came back.
func (w *world) remember(s step, got answer) error {
	if got.access == "" || got.refresh == "" {
		return fmt.Errorf("expected two tokens to call %q, got access %q and refresh %q", s.newName, got.access, got.refresh)
	}
	owner := s.user
	if owner == "" {
		p, _ := w.pairs.Get(s.tokens)
		owner = p.user
	}
	return w.pairs.Set(s.newName, pairOf{owner, got.access, got.refresh})
}

// pair returns the tokens that a step sends.
func (w *world) pair(s step, name string) (pairOf, error) {
	if name == "" {
		return pairOf{}, nil
	}
	p, err := w.pairs.Get(name)
	if err != nil {
		return p, err
	}
	if s.swapped {
		p.access, p.refresh = p.refresh, p.access
	}
	if s.altered {
		p.access, p.refresh = tamper(p.access), tamper(p.refresh)
	}
	return p, nil
}

// tamper changes the first character after the last dot, which is where every
// kind of token here has its signature.
func tamper(token string) string {
	at := strings.LastIndexByte(token, '.') + 1
	other := "A"
	if token[at] == 'A' {
		other = "B"
	}
	return token[:at] + other + token[at+1:]
}

func doLogIn(w *world, s step, _, _ pairOf) (answer, error) { return w.logIn(s.user), nil }

func doMe(w *world, _ step, p, _ pairOf) (answer, error) {
	got := w.me(p.access)
	if got.code == "" && got.user != p.user {
		return got, scenario.Differ(p.user, fmt.Sprintf("%q", got.user), "one person sees what belongs to another")
	}
	return got, nil
}

func doRefresh(w *world, _ step, p, _ pairOf) (answer, error) { return w.refresh(p.refresh), nil }

func doLogOut(w *world, _ step, cookie, bearer pairOf) (answer, error) {
	return w.logOut(cookie.refresh, bearer.access), nil
}

func doLogOutAll(w *world, _ step, p, _ pairOf) (answer, error) { return w.logOutAll(p.access), nil }

func doDisable(w *world, s step, _, _ pairOf) (answer, error) {
	w.disable(s.user)
	return answer{}, nil
}

func doTogether(w *world, s step, _, _ pairOf) (answer, error) {
	errs := make([]error, len(s.both))
	var wg sync.WaitGroup
	for i, one := range s.both {
		wg.Go(func() {
			// A panic outside the row's own goroutine would end the whole run.
			defer func() {
				if v := recover(); v != nil {
					errs[i] = fmt.Errorf("%s: panic: %v", one, v)
				}
			}()
			if err := scenario.Take(w, one); err != nil {
				errs[i] = fmt.Errorf("%s: %w", one, err)
			}
		})
	}
	wg.Wait()
	return answer{}, errors.Join(errs...)
}

func doSameRefresh(_ *world, _ step, a, b pairOf) (answer, error) {
	if a.refresh != b.refresh {
		return answer{}, scenario.Differ("one refresh token", "two",
			"the session has two successors, and a thief can keep one")
	}
	return answer{}, nil
}
