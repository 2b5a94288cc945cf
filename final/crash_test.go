package main

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A server that is killed in the middle of its work has kept every promise:
// what a client was told is true after the restart, and the audit log has a
// record of it. AUTHBOOK_TEST_CRASHES says
// how often each database's server is killed; the usual two only show that the
// test works.
//
// kill -9 takes the process and leaves the operating system. What a power cut
// takes is up to fsync and the disk, which no test here can show.
func TestCrash_keepsEveryPromise(t *testing.T) {
	t.Parallel()
	crashes := 2
	if text := os.Getenv("AUTHBOOK_TEST_CRASHES"); text != "" {
		n, err := strconv.Atoi(text)
		require.NoError(t, err, "AUTHBOOK_TEST_CRASHES")
		crashes = n
	}
	t.Run("SQLite", func(t *testing.T) { crash(t, testdb.SQLite(t), crashes) })
	t.Run("PostgreSQL", func(t *testing.T) { crash(t, testdb.Postgres(t), crashes) })
}

func crash(t *testing.T, databaseURL string, crashes int) {
	env := map[string]string{"DATABASE_URL": databaseURL, "TRUSTED_PROXIES": "127.0.0.1"}
	told := 0
	var people []*person
	for range crashes {
		crashAtStart(t, env)
		s := startProcess(t, env)
		for _, p := range people {
			told += s.checkPromises(p)
		}
		people = s.loadUntil(func() {
			s.waitForAnswers(1 + mathrand.IntN(200)) // the moment of the crash
			s.kill()
		})
		s.checkAudit()
		require.False(t, t.Failed(), s.log)
	}
	s := startProcess(t, env)
	for _, p := range people {
		told += s.checkPromises(p)
	}
	require.Positive(t, told, "the server must have promised something")
	t.Logf("%d crashes, %d promises kept", crashes, told)
}

// crashAtStart kills a server while it opens and migrates its database.
func crashAtStart(t *testing.T, env map[string]string) {
	t.Helper()
	s := newProcess(t, env)
	stdout := s.begin()
	go func() { _, _ = io.Copy(io.Discard, stdout) }() // unread, its first line would hold the process's end up
	<-time.After(mathrand.N(100 * time.Millisecond))   // the moment of the crash
	s.kill()
}

// truth is what a client knows of the server after it got an answer, or none.
type truth int

const (
	no    truth = iota
	yes         // an answer said so
	maybe       // no answer came
)

// person is a user as a client knows it.
type person struct {
	name      string
	exists    truth
	passwords []string // the one that holds, or the two of which one does
	over      string   // a password that no longer holds
	devices   []*device
}

// device is a session of a person, with the last tokens that arrived.
type device struct {
	access  string
	refresh *http.Cookie
	alive   truth
}

// loadUntil lets eight clients work until the server is gone or has had enough,
// which the function brings about, and returns all that they know.
func (s *serverProcess) loadUntil(end func()) (people []*person) {
	var mu sync.Mutex
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for gone := false; !gone && !s.enough.Load(); {
				p := &person{name: rand.Text(), passwords: []string{"first-password"}}
				err := s.live(p)
				gone = err != nil && !errors.Is(err, errUncertain)
				mu.Lock()
				people = append(people, p)
				if gone {
					s.lost = append(s.lost, err)
				}
				mu.Unlock()
			}
		})
	}
	end()
	clients.Wait()
	return people
}

// live does what a person does with accounts, until the first answer that does
// not come.
func (s *serverProcess) live(p *person) error {
	var phone, laptop, tablet device
	for _, step := range []func() error{
		func() error { return s.signUp(p) },
		func() error { return s.logIn(p, &phone) },
		func() error { return s.logIn(p, &laptop) },
		func() error { return s.refresh(&phone) },
		func() error { return s.refresh(&phone) },
		func() error { return s.changePassword(p, &phone, "second-password") },
		func() error { return s.logIn(p, &tablet) },
		func() error { return s.refresh(&tablet) },
		func() error { return s.logOut(&tablet) },
		func() error { return s.refresh(&phone) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// errUncertain says that a request was refused with 503, and that it then had
// another answer than a first one would have: it may have been carried out the
// first time.
var errUncertain = errors.New("carried out or not")

// expect is send, and fails the test for an answer with another status. A
// server in trouble is asked again until it answers.
func (s *serverProcess) expect(status int, method, path, body string, options ...option) (answer, error) {
	a, err := s.send(method, path, body, options...)
	refused := false
	for err == nil && a.status == http.StatusServiceUnavailable && s.inTrouble {
		s.checkRefusal(a)
		refused = true
		<-time.After(10 * time.Millisecond) // Retry-After would be a second
		a, err = s.send(method, path, body, options...)
	}
	if err != nil || a.status == status {
		return a, err
	}
	if !refused {
		assert.Equal(s.t, status, a.status, "%s %s: %s", method, path, a.body)
	}
	return a, errUncertain
}

// checkRefusal looks at the answer of a server whose database is in trouble. It
// is OVERLOADED for a log-in that has waited in vain for its turn to hash: those
// before it keep theirs while they wait for the database.
func (s *serverProcess) checkRefusal(a answer) {
	s.refusals.Add(1)
	assert.Contains(s.t, []string{"UNAVAILABLE", "OVERLOADED"}, a.code(), a.body)
	assert.Equal(s.t, "application/problem+json", a.header.Get("Content-Type"))
	assert.NotEmpty(s.t, a.header.Get("Retry-After"))
	assert.Empty(s.t, a.header.Values("Set-Cookie"), "the cookie must outlive the trouble")
}

func credentials(name, password string) string {
	return fmt.Sprintf(`{"username":%q,"password":%q}`, name, password)
}

func (s *serverProcess) signUp(p *person) error {
	p.exists = maybe
	_, err := s.expect(http.StatusCreated, "POST", "/signup",
		fmt.Sprintf(`{"username":%q,"password":%q,"nickname":"Crash"}`, p.name, p.passwords[0]))
	if err == nil {
		p.exists = yes
	}
	return err
}

func (s *serverProcess) logIn(p *person, d *device) error {
	a, err := s.expect(http.StatusOK, "POST", "/login", credentials(p.name, p.passwords[0]))
	if err != nil {
		return err // a session that nobody knows of
	}
	p.devices = append(p.devices, d)
	d.alive = yes
	return d.take(a)
}

func (s *serverProcess) refresh(d *device) error {
	a, err := s.expect(http.StatusOK, "POST", "/refresh", "", cookie(d.refresh))
	if err != nil {
		return err // the client keeps the old token and tries again
	}
	return d.take(a)
}

// take keeps the tokens of an answer.
func (d *device) take(a answer) error {
	var body struct{ Token string }
	if err := json.Unmarshal([]byte(a.body), &body); err != nil {
		return err
	}
	cookies := (&http.Response{Header: a.header}).Cookies() // the refresh token's comes first
	if len(cookies) == 0 || cookies[0].Name != "refresh" {
		return fmt.Errorf("the cookies are %v", cookies)
	}
	d.access, d.refresh = body.Token, cookies[0]
	return nil
}

// changePassword ends every session but that of the device.
func (s *serverProcess) changePassword(p *person, d *device, password string) error {
	others := func(alive truth) {
		for _, other := range p.devices {
			if other != d {
				other.alive = alive
			}
		}
	}
	before := p.passwords[0]
	p.passwords = []string{before, password}
	others(maybe)
	_, err := s.expect(http.StatusNoContent, "PUT", "/me/password",
		fmt.Sprintf(`{"currentPassword":%q,"newPassword":%q}`, before, password), bearer(d.access))
	if err == nil {
		p.passwords, p.over = []string{password}, before
		others(no)
	}
	return err
}

func (s *serverProcess) logOut(d *device) error {
	d.alive = maybe
	_, err := s.expect(http.StatusNoContent, "POST", "/logout", "", cookie(d.refresh))
	if err == nil {
		d.alive = no
	}
	return err
}

// checkPromises fails the test for everything that the person was told and
// that is not true. It returns how many promises there were. It tries a wrong
// password, and so from an address of the person's own: hundreds of people at
// one address would spend what that one may guess.
func (s *serverProcess) checkPromises(p *person) (promises int) {
	s.from = fmt.Sprintf("2001:db8:%x::1", mathrand.N(1<<16))
	if p.exists == maybe {
		s.checkWholeOrNot(p)
		return 0
	}
	opened := 0
	for _, password := range p.passwords {
		if s.must("POST", "/login", credentials(p.name, password)).status == http.StatusOK {
			opened++
		}
	}
	assert.Equal(s.t, 1, opened, "of %d passwords that may hold, one must", len(p.passwords))
	if p.over != "" {
		promises++
		assert.Equal(s.t, http.StatusUnauthorized, s.must("POST", "/login", credentials(p.name, p.over)).status,
			"a password that was changed came back")
	}
	for _, d := range p.devices {
		s.checkDevice(d)
	}
	return promises + 1 + len(p.devices)
}

// checkWholeOrNot looks at a sign-up that got no answer: there is a user who
// can log in, or there is none.
func (s *serverProcess) checkWholeOrNot(p *person) {
	again := s.must("POST", "/signup",
		fmt.Sprintf(`{"username":%q,"password":%q,"nickname":"Crash"}`, p.name, p.passwords[0]))
	assert.Contains(s.t, []int{http.StatusCreated, http.StatusConflict}, again.status, again.body)
	in := s.must("POST", "/login", credentials(p.name, p.passwords[0]))
	assert.Equal(s.t, http.StatusOK, in.status, "a user who signs up again after a crash must be able to log in: %s",
		in.body)
}

// checkDevice presents the last tokens that arrived. A client whose refresh got
// no answer has a token that is one generation old.
func (s *serverProcess) checkDevice(d *device) {
	me := s.must("GET", "/me", "", bearer(d.access)).status
	refreshed := s.must("POST", "/refresh", "", cookie(d.refresh))
	switch d.alive {
	case yes:
		assert.Equal(s.t, http.StatusOK, me, "a session was lost")
		assert.Equal(s.t, http.StatusOK, refreshed.status, "the crash logged a client out: %s", refreshed.body)
	case no:
		assert.Equal(s.t, http.StatusUnauthorized, me, "a session that was ended came back")
		assert.Equal(s.t, http.StatusUnauthorized, refreshed.status, "a session that was ended came back")
	case maybe:
		assert.Equal(s.t, me, refreshed.status, "a session is ended whole or not at all")
	}
}

// The secret that the server makes for itself survives a crash whole.
func TestCrash_leavesNoHalfSecret(t *testing.T) {
	t.Parallel()
	env := map[string]string{"DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db"), "AUTH_SECRET": ""}
	for range 3 {
		crashAtStart(t, env)
	}
	startProcess(t, env)
}
