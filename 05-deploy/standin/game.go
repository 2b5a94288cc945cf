//go:build unix

package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"
)

// game is one breakage that waits for its repair.
type game struct {
	Number  int
	Began   time.Time
	Hints   int           // how many were given
	User    string        // one who could log in before
	Secret  string        // the password
	Users   int           // how many there were
	LogIn   time.Duration // how long a log-in took
	visitor visitor
	machine machine
}

// gameFile keeps the game in the machine's folder.
const gameFile = "game.json"

// readGame returns the open game of a machine, and [fs.ErrNotExist] where there is
// none.
func readGame(m machine) (*game, error) {
	text, err := os.ReadFile(m.path(gameFile))
	if err != nil {
		return nil, err
	}
	p := &game{machine: m}
	if err := json.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("%s: %w", m.path(gameFile), err)
	}
	return p, nil
}

// openGame returns the open game of a machine, which must be the one with this number.
func openGame(m machine, number int) (*game, error) {
	p, err := readGame(m)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("nothing is broken here; begin with: standin break %d", number)
	}
	if err != nil {
		return nil, err
	}
	if p.Number != number {
		return nil, fmt.Errorf("breakage %d is open; first comes: standin check %d", p.Number, p.Number)
	}
	p.visitor, err = breakages[number-1].visitor(m)
	return p, err
}

func (p *game) save() error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(p.machine.path(gameFile), text, 0o600)
}

// breakIt breaks the machine, and says what its users do.
func breakIt(ctx context.Context, m machine, number int, stdout io.Writer) error {
	if open, err := readGame(m); err == nil {
		return fmt.Errorf("breakage %d is open; repair it first, and see with: standin check %d", open.Number, open.Number)
	}
	b := breakages[number-1]
	if b.booted != "" && !m.isBooted() {
		return fmt.Errorf("breakage %d needs a booted machine: %s; play another one", number, b.booted)
	}
	p := &game{Number: number, machine: m, visitor: m.visitor()}
	if err := p.plant(ctx); err != nil {
		return fmt.Errorf("the stand-in must be in order before it is broken: %w", err)
	}
	fmt.Fprintln(stdout, "break it; this takes up to a minute")
	if err := b.do(ctx, p); err != nil {
		return fmt.Errorf("it is half broken; make another one with standin down and up: %w", err)
	}
	p.Began = time.Now()
	if err := p.save(); err != nil {
		return err
	}
	symptom := strings.NewReplacer("ADDRESS", m.address(), "FOLDER", m.path("")).Replace(b.symptom)
	fmt.Fprintf(stdout, "\n%s\n\nYou ship like this:\n\n  %s\n\n%sSee with: standin check %d. Lost? standin hint %d.\n",
		symptom, m.shipCommand(), m.remark(), number, number)
	return nil
}

// plant signs up a user who must be able to log in after the repair, and sees that
// all is well before.
func (p *game) plant(ctx context.Context) (err error) {
	if err := p.visitor.ready(ctx); err != nil {
		return fmt.Errorf("%w; is a release shipped to it, on plain HTTP?", err)
	}
	p.User, p.Secret = "player "+strings.ToLower(rand.Text()[:8]), rand.Text()
	body := fmt.Sprintf(`{"username":%q,"password":%q,"nickname":"Player"}`, p.User, p.Secret)
	if err := p.visitor.expect(ctx, http.StatusCreated, http.MethodPost, "/signup", body); err != nil {
		return err
	}
	if p.LogIn, err = p.logIns(ctx); err != nil {
		return err
	}
	users, err := p.users(ctx)
	if err != nil {
		return err
	}
	p.Users = len(users)
	return p.judge(ctx)
}

// check says whether the machine is repaired.
func check(ctx context.Context, m machine, number int, stdout io.Writer) error {
	p, err := openGame(m, number)
	if err != nil {
		return err
	}
	if err := p.repaired(ctx); err != nil {
		return fmt.Errorf("not yet: %w", err)
	}
	if after := breakages[number-1].after; after != nil {
		if err := after(ctx, p); err != nil {
			return err
		}
	}
	if err := os.Remove(m.path(gameFile)); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "repaired, after %s; hints given: %d\n", time.Since(p.Began).Round(time.Second), p.Hints)
	return nil
}

// looks is how often the server is asked again, twice a second: it may take that long to
// find out that all is well, since it looks at its database once a second.
const looks = 6

// repaired looks first at what was felt of this breakage, and then at the rest.
func (p *game) repaired(ctx context.Context) error {
	err := p.visitor.ready(ctx)
	for i := 0; err != nil && i < looks; i++ { // no clock: a busy machine may stop the server too
		time.Sleep(time.Second / 2)
		err = p.visitor.ready(ctx)
	}
	if err != nil {
		return err
	}
	if also := breakages[p.Number-1].also; also != nil {
		if err := also(ctx, p); err != nil {
			return err
		}
	}
	return p.judge(ctx)
}

// hint gives one hint more each time.
func hint(_ context.Context, m machine, number int, stdout io.Writer) error {
	p, err := openGame(m, number)
	if err != nil {
		return err
	}
	hints := breakages[number-1].hints
	p.Hints = min(p.Hints+1, len(hints))
	for i, text := range hints[:p.Hints] {
		fmt.Fprintf(stdout, "%d. %s\n", i+1, text)
	}
	return p.save()
}
