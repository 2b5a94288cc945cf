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
	guest   *guest
}

// gameFile keeps the game in the guest's folder.
const gameFile = "game.json"

// readGame returns the open game of a guest, and [fs.ErrNotExist] where there is
// none.
func readGame(g *guest) (*game, error) {
	text, err := os.ReadFile(g.path(gameFile))
	if err != nil {
		return nil, err
	}
	p := &game{guest: g}
	if err := json.Unmarshal(text, p); err != nil {
		return nil, fmt.Errorf("%s: %w", g.path(gameFile), err)
	}
	return p, nil
}

// openGame returns the open game of a guest, which must be the one with this number.
func openGame(g *guest, number int) (*game, error) {
	p, err := readGame(g)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("nothing is broken here; begin with: standin break %d", number)
	}
	if err != nil {
		return nil, err
	}
	if p.Number != number {
		return nil, fmt.Errorf("breakage %d is open; first comes: standin check %d", p.Number, p.Number)
	}
	p.visitor, err = breakages[number-1].visitor(g)
	return p, err
}

func (p *game) save() error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(p.guest.path(gameFile), text, 0o600)
}

// breakIt breaks the guest, and says what its users do.
func breakIt(ctx context.Context, g *guest, number int, stdout io.Writer) error {
	if open, err := readGame(g); err == nil {
		return fmt.Errorf("breakage %d is open; repair it first, and see with: standin check %d", open.Number, open.Number)
	}
	b, p := breakages[number-1], &game{Number: number, guest: g, visitor: g.visitor()}
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
	fmt.Fprintf(stdout, "\n%s\n\nYou ship like this:\n\n  %s\n\nSee with: standin check %d. Lost? standin hint %d.\n",
		strings.NewReplacer("ADDRESS", g.address(), "FOLDER", g.dir).Replace(b.symptom), g.shipCommand(), number, number)
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

// check says whether the guest is repaired.
func check(ctx context.Context, g *guest, number int, stdout io.Writer) error {
	p, err := openGame(g, number)
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
	if err := os.Remove(g.path(gameFile)); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "repaired, after %s; hints given: %d\n", time.Since(p.Began).Round(time.Second), p.Hints)
	return nil
}

// soon is how long the server may take to find out that all is well: it looks at its
// database once a second.
const soon = 3 * time.Second

// repaired looks first at what was felt of this breakage, and then at the rest.
func (p *game) repaired(ctx context.Context) error {
	err := p.visitor.ready(ctx)
	for began := time.Now(); err != nil && time.Since(began) < soon; err = p.visitor.ready(ctx) {
		time.Sleep(time.Second / 2)
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
func hint(_ context.Context, g *guest, number int, stdout io.Writer) error {
	p, err := openGame(g, number)
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
