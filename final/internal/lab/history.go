package lab

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
)

// The states of a token, and of a session.
const (
	good    = "good"
	grace   = "grace"   // spent, and its successor is still given again
	spent   = "spent"   // spent for longer: whoever sends it is taken for a thief
	ended   = "ended"   // its session was revoked
	expired = "expired" // its time was over first
)

// history is what the page draws: the last steps, and how each token fared in them.
type history struct {
	count   int // steps so far
	steps   []column
	lives   []*life
	letters map[string]string // of sessions, by id
	issued  map[string]int    // how many access tokens of a session there were, by its id
	current string            // the session that the last token belongs to
	last    outcome
}

// What is kept.
const (
	keptSteps = 24
	keptLives = 40
)

// column is a step of the time line.
type column struct {
	Number int    `json:"number"`
	Label  string `json:"label"`
	Who    string `json:"who"` // "" for the clock
	At     int64  `json:"at"`  // seconds on the lab's clock, when it was over
}

// life is the fate of one token. The token itself is not for the page.
type life struct {
	Name  string `json:"name"` // A0, A1: refresh tokens of session A by generation; a1, a2: its access tokens
	Kind  string `json:"kind"` // refresh or access
	Spans []span `json:"spans"`

	digest     [sha256.Size]byte // of the token
	session    string
	generation int64
	expires    time.Time // of an access token, for this server
}

// span says from which step on a token was in a state.
type span struct {
	State string `json:"state"`
	From  int    `json:"from"`
}

// record ends a step: what the tokens are good for now, and what happened.
func (w *world) record(label string, o outcome) {
	w.count++
	w.steps = append(w.steps, column{w.count, label, o.Who, seconds(w.clock.now())})
	w.steps = w.steps[max(0, len(w.steps)-keptSteps):]
	w.lives = w.lives[max(0, len(w.lives)-keptLives):]
	for _, l := range w.lives {
		state := w.stateOf(l)
		if n := len(l.Spans); n == 0 || l.Spans[n-1].State != state {
			l.Spans = append(l.Spans, span{state, w.count})
		}
	}
	o.After = w.stateOfSession()
	w.last = o
}

func (w *world) stateOf(l *life) string {
	found, err := w.sessions.Load(context.Background(), l.session)
	if err != nil {
		return expired // a session that is swept, or a token of none
	}
	return l.stateIn(found)
}

// was is the present state of the first of the named tokens; "" for none.
func (w *world) was(names []string) string {
	i := slices.IndexFunc(w.lives, func(l *life) bool { return slices.Index(names, l.Name) == 0 })
	if i < 0 {
		return ""
	}
	return w.stateOf(w.lives[i])
}

// stateIn is what the row of its session says about a token. What the server does with
// it is for the code of the chapter to decide: where that is wrong, the two differ.
func (l *life) stateIn(found tokens.Snapshot) string {
	switch behind := found.Session.Generation - l.generation; {
	case found.Session.Revoked:
		return ended
	case !found.Now.Before(found.Session.Expires), l.Kind == "access" && !found.Now.Before(l.expires):
		return expired
	case l.Kind == "access" || behind <= 0:
		return good
	case behind == 1 && found.Now.Sub(found.Session.Rotated) <= tokens.Grace:
		return grace
	default:
		return spent
	}
}

// stateOfSession is where the state diagram stands; "" before the first log-in.
func (w *world) stateOfSession() string {
	found, err := w.sessions.Load(context.Background(), w.current)
	if err != nil {
		return ""
	}
	before := life{Kind: "refresh", generation: found.Session.Generation}
	if slices.ContainsFunc(w.lives, func(l *life) bool { return l.precedes(found.Session) }) {
		before.generation-- // a new password leaves no token there
	}
	state := before.stateIn(found)
	if state == spent {
		return good
	}
	return state
}

// precedes reports whether l is the refresh token before the session's present one.
func (l *life) precedes(s tokens.Session) bool {
	return l.Kind == "refresh" && l.session == s.ID && l.generation == s.Generation-1
}

// name returns what the page calls a token; "" for none. It begins to watch a new one.
func (w *world) name(token string) string {
	if token == "" {
		return ""
	}
	digest := sha256.Sum256([]byte(token))
	i := slices.IndexFunc(w.lives, func(l *life) bool { return hmac.Equal(l.digest[:], digest[:]) })
	if i < 0 {
		w.lives, i = append(w.lives, w.read(token)), len(w.lives)
		w.lives[i].digest = digest
	}
	w.current = w.lives[i].session
	return w.lives[i].Name
}

// read finds out what a token is. Only this world's own come here.
func (w *world) read(token string) *life {
	if parts := strings.Split(token, "."); len(parts) == 4 && parts[0] == "rt1" {
		generation, _ := strconv.ParseInt(parts[2], 10, 64) // 0 where a learner's code wrote no number
		return &life{Name: w.letter(parts[1]) + parts[2], Kind: "refresh", session: parts[1],
			generation: generation}
	}
	claims, err := w.jwt.VerifyIgnoringExpiry(token)
	if err != nil {
		return &life{Name: "?", Kind: "access"}
	}
	w.issued[claims.SessionID]++
	name := fmt.Sprint(strings.ToLower(w.letter(claims.SessionID)), w.issued[claims.SessionID])
	return &life{Name: name, Kind: "access",
		session: claims.SessionID, expires: claims.ExpiresAt.Add(jwtbasics.Leeway)}
}

// letter names a session: A, B, and so on. After Z comes A'.
func (w *world) letter(session string) string {
	if w.letters[session] == "" {
		w.letters[session] = string(rune('A'+len(w.letters)%26)) + strings.Repeat("'", len(w.letters)/26)
	}
	return w.letters[session]
}
