package tokens

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
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

// world is a scenario under way.
type world struct {
	implementation
	correct bool // what breaks the scenario is the row's fault
	mu      sync.Mutex
	pairs   map[string]pairOf
}

// pairOf is a named pair of tokens and whose they are.
type pairOf struct{ user, access, refresh string }

func newWorld(i implementation) *world {
	m, isModel := i.(*model)
	return &world{implementation: i, correct: isModel && m.flaw == honest, pairs: map[string]pairOf{}}
}

// play tells the scenario to the implementation and returns where it broke.
func (s scenario) play(i implementation) error {
	w := newWorld(i)
	if len(s.steps) == 0 {
		return errors.New("the scenario has no steps, so it can't fail")
	}
	for n, step := range s.steps {
		if err := w.take(step); err != nil {
			return fmt.Errorf("step %d, %s: %w", n+1, step.text, err)
		}
	}
	return nil
}

// playInBubble is play with a clock of its own.
func (s scenario) playInBubble(t *testing.T, i func() implementation) (err error) {
	t.Helper()
	synctest.Test(t, func(*testing.T) { err = s.play(i()) })
	return err
}

// take does one step and compares.
func (w *world) take(s step) error {
	if err := s.slip(); err != nil {
		return err
	}
	got, err := s.action(w, s)
	if err != nil {
		return err
	}
	if err := w.compare(s, got); err != nil {
		return err
	}
	if s.newName == "" {
		return nil
	}
	return w.remember(s, got)
}

func (w *world) compare(s step, got answer) error {
	switch {
	case s.code == "" && got.code != "":
		return w.differ("success", string(got.code), "the owner of this token is turned away")
	case s.code != "" && got.code == "":
		return w.differ(string(s.code), "success", "everybody who holds this token gets in")
	case s.code != got.code:
		return w.differ(string(s.code), string(got.code), "the client branches on the code")
	case s.keepCookie && got.cookie != cookieKept:
		return w.differ("the cookie left alone", "the cookie "+string(got.cookie), "another tab may just have renewed it")
	default:
		return nil
	}
}

// differ says that the implementation is wrong, or the row where the
// implementation can't be.
func (w *world) differ(expected, got, why string) error {
	if w.correct {
		return fmt.Errorf("the row expects %s, and a correct server gives %s here: change the row", expected, got)
	}
	return fmt.Errorf("expected %s, got %s: %s", expected, got, why)
}

// remember names the pair that came back.
func (w *world) remember(s step, got answer) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, ok := w.pairs[s.newName]; ok {
		return fmt.Errorf("the scenario has two pairs called %q; name them apart", s.newName)
	}
	if got.access == "" || got.refresh == "" {
		return fmt.Errorf("expected two tokens to call %q, got access %q and refresh %q", s.newName, got.access, got.refresh)
	}
	owner := s.user
	if owner == "" {
		owner = w.pairs[s.tokens].user
	}
	w.pairs[s.newName] = pairOf{owner, got.access, got.refresh}
	return nil
}

// pair returns the tokens that a step sends.
func (w *world) pair(s step, name string) (pairOf, error) {
	if name == "" {
		return pairOf{}, nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ok := w.pairs[name]
	if !ok {
		return p, fmt.Errorf("no step before has called its tokens %q", name)
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

// persons are the two people of all scenarios.
func persons() []string { return []string{"JIN HO", "MIN SU"} }

// known refuses a name that a row has spelled another way. The implementations
// would each make something else of it.
func known(user string) error {
	if !slices.Contains(persons(), user) {
		return fmt.Errorf("there is no person called %q; write %s", user, strings.Join(persons(), " or "))
	}
	return nil
}

func doLogIn(w *world, s step) (answer, error) {
	if err := known(s.user); err != nil {
		return answer{}, err
	}
	return w.logIn(s.user), nil
}

func doMe(w *world, s step) (answer, error) {
	p, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	got := w.me(p.access)
	if got.code == "" && got.user != p.user {
		return got, w.differ(p.user, fmt.Sprintf("%q", got.user), "one person sees what is another's")
	}
	return got, nil
}

func doRefresh(w *world, s step) (answer, error) {
	p, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	return w.refresh(p.refresh), nil
}

func doLogOut(w *world, s step) (answer, error) {
	cookieOf, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	bearerOf, err := w.pair(s, s.bearer)
	if err != nil {
		return answer{}, err
	}
	return w.logOut(cookieOf.refresh, bearerOf.access), nil
}

func doLogOutAll(w *world, s step) (answer, error) {
	p, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	return w.logOutAll(p.access), nil
}

func doDisable(w *world, s step) (answer, error) {
	if err := known(s.user); err != nil {
		return answer{}, err
	}
	w.disable(s.user)
	return answer{}, nil
}

// doWait waits for a timer of the bubble, whose clock jumps.
func doWait(_ *world, s step) (answer, error) {
	<-time.After(s.pause)
	return answer{}, nil
}

func doTogether(w *world, s step) (answer, error) {
	errs := make([]error, len(s.both))
	var wg sync.WaitGroup
	for i, one := range s.both {
		wg.Go(func() {
			// A panic outside the row's own goroutine would end the whole run.
			defer func() {
				if v := recover(); v != nil {
					errs[i] = fmt.Errorf("%s: panic: %v", one.text, v)
				}
			}()
			if err := w.take(one); err != nil {
				errs[i] = fmt.Errorf("%s: %w", one.text, err)
			}
		})
	}
	wg.Wait()
	return answer{}, errors.Join(errs...)
}

func doSameRefresh(w *world, s step) (answer, error) {
	a, err := w.pair(s, s.tokens)
	if err != nil {
		return answer{}, err
	}
	b, err := w.pair(s, s.bearer)
	if err != nil {
		return answer{}, err
	}
	if a.refresh != b.refresh {
		return answer{}, w.differ("one refresh token", "two", "the session has two successors, and a thief can keep one")
	}
	return answer{}, nil
}

// A table with a slip must say so, on any implementation, and not pass for a
// table that unmasks.
func TestScenario_play_tellsSlips(t *testing.T) {
	rows := []struct {
		name  string
		steps []step
		want  string
	}{
		{"no steps", nil, "the scenario has no steps, so it can't fail"},
		{"an unknown pair", []step{me("a")}, `step 1, me("a"): no step before has called its tokens "a"`},
		{"an unknown bearer", []step{logIn("a"), logOut("a").withBearerOf("b")},
			`step 2, logOut("a").withBearerOf("b"): no step before has called its tokens "b"`},
		{"two pairs of one name", []step{logIn("a"), refresh("a").gives("a")},
			`step 2, refresh("a").gives("a"): the scenario has two pairs called "a"; name them apart`},
		{"a name for what gives no tokens", []step{logIn("a"), me("a").gives("b")},
			`step 2, me("a").gives("b"): gives() says nothing about me; it belongs to logIn, refresh`},
		{"another code", []step{logIn("a"), me("a").tampered().fails(problem.TokenExpired)},
			`step 2, me("a").tampered().fails(TOKEN_EXPIRED): the row expects TOKEN_EXPIRED, and a correct server gives INVALID_TOKEN here: change the row`},
		{"success that can't be", []step{logIn("a"), refresh("a").tampered().keepsCookie()},
			`step 2, refresh("a").tampered().keepsCookie(): the row expects success, and a correct server gives INVALID_TOKEN here: change the row`},
		{"a failure that can't be", []step{logIn("a"), me("a").fails(problem.InvalidToken)},
			`step 2, me("a").fails(INVALID_TOKEN): the row expects INVALID_TOKEN, and a correct server gives success here: change the row`},
		{"a cookie that must change", []step{logIn("a"), refresh("a").keepsCookie()},
			`step 2, refresh("a").keepsCookie(): the row expects the cookie left alone, and a correct server gives the cookie set here: change the row`},
		{"two refresh tokens that differ", []step{logIn("a"), logIn("b"), sameRefresh("a", "b")},
			`step 3, sameRefresh("a", "b"): the row expects one refresh token, and a correct server gives two here: change the row`},
		{"nobody's name", []step{logIn("a"), logIn("b").as("Min Su")},
			`step 2, logIn("b").as("Min Su"): there is no person called "Min Su"; write JIN HO or MIN SU`},
		{"nobody to disable", []step{disable("jin ho")},
			`step 1, disable("jin ho"): there is no person called "jin ho"; write JIN HO or MIN SU`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := scenario{row.name, row.steps}.playInBubble(t, newModel(honest))
			assert.EqualError(t, err, row.want)
		})
	}
}

// Who misses an impostor reads which of their rows was closest to it.
func TestNearest(t *testing.T) {
	far := scenario{"a log-in", []step{logIn("a")}}
	near := scenario{"a refresh", []step{logIn("a"), refresh("a").gives("b"), refresh("b").gives("c")}}
	table := []scenario{far, near}
	assert.Contains(t, nearest(t, table, neverRotates),
		`your row "a refresh" comes nearest: it meets the flaw in step 2, refresh("a").gives("b"), and sees`)
	assert.Equal(t, "none of your rows comes near it", nearest(t, table, logOutEndsAll))
}

// On a server that may be wrong, the same step blames the server.
func TestScenario_play_blamesTheServer(t *testing.T) {
	rows := []struct {
		name, flaw string
		steps      []step
		want       string
	}{
		{"a token that works too long", neverExpires, []step{logIn("a"), wait(AccessTTL), me("a").fails(problem.TokenExpired)},
			`step 3, me("a").fails(TOKEN_EXPIRED): expected TOKEN_EXPIRED, got success: everybody who holds this token gets in`},
		{"another person's account", mixesUsersUp, []step{logIn("a"), logIn("b").as("MIN SU"), me("b")},
			`step 3, me("b"): expected MIN SU, got "JIN HO": one person sees what is another's`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := scenario{row.name, row.steps}.playInBubble(t, newModel(row.flaw))
			assert.EqualError(t, err, row.want)
		})
	}
}
