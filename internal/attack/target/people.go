package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"sync"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/internal/attack"
)

// populate makes the accounts and sessions of the world. The victim's live session
// has been refreshed three times, and the victim has logged out of the other one
// as the code of this server does it.
func (p *parts) populate(ctx context.Context) error {
	for _, person := range []attack.Person{p.world.Victim, p.world.Own} {
		if err := p.add(ctx, person); err != nil {
			return err
		}
	}
	victim := p.world.Victim
	for generation := range int64(3) {
		if _, _, err := p.store.Rotate(ctx, victim.Live, generation, limits()); err != nil {
			return err
		}
	}
	if _, err := p.sessions.LogOut(ctx, p.refreshToken(victim.Ended, 0)); err != nil {
		return err
	}
	p.victim = &browser{sessions: p.sessions, token: p.refreshToken(victim.Live, 3)}
	return nil
}

// add makes an account with two sessions.
func (p *parts) add(ctx context.Context, person attack.Person) error {
	display, key, err := accounts.NormalizeUsername(person.Username)
	if err != nil {
		return err
	}
	err = p.users.Create(ctx, accounts.User{
		ID:           person.ID,
		Username:     display,
		UsernameKey:  key,
		Nickname:     person.Nickname,
		PasswordHash: p.hasher.Hash(person.Password),
		Roles:        []string{accounts.RoleUser},
	})
	if err != nil {
		return err
	}
	for _, id := range []string{person.Live, person.Ended} {
		if _, _, err := p.store.Open(ctx, id, person.ID, 0, tokens.Client{}, limits()); err != nil {
			return err
		}
	}
	return nil
}

func limits() tokens.Limits {
	return tokens.Limits{Idle: tokens.IdleLimit, Absolute: tokens.AbsoluteLimit}
}

// refreshToken is the refresh token of a session at some generation. Only who has
// the secret can write one.
func (p *parts) refreshToken(session string, generation int) string {
	mac := p.ring.RefreshMAC(fmt.Appendf(nil, "rt1\x00%s\x00%d", session, generation))
	return fmt.Sprintf("rt1.%s.%d.%s", session, generation, base64.RawURLEncoding.EncodeToString(mac))
}

// browser is the victim's: it refreshes its session again and again.
type browser struct {
	sessions *tokens.Sessions
	mu       sync.Mutex
	token    string
}

// busy lets the victim refresh just before anybody else does.
func (b *browser) busy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.refresh(r.Context())
		next.ServeHTTP(w, r)
	})
}

func (b *browser) refresh(ctx context.Context) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if pair, err := b.sessions.Refresh(ctx, b.token); err == nil { // else the session was ended
		b.token = pair.RefreshToken
	}
}
