package lab

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	"example.com/authbook/final/internal/plugs"
	"example.com/authbook/internal/problem"
)

// anatomy signs tokens and judges them. All it signs is under a secret of its own, so
// that no token of the lab opens anything. The server's keys only judge: whoever pastes
// a token of a real log-in sees what the server says of it.
type anatomy struct {
	key    *jwtbasics.HS256 // the one of jwt's ring, for who signs and judges by hand
	jwt    plugs.JWT
	judges []judge
	server func(token string) error
}

// accessInfo is what chapter 02 derives the key of access tokens for. A test holds that
// it is the same.
const accessInfo = "authbook/access/v1"

func newAnatomy(server func(token string) error) (*anatomy, error) {
	secret := make([]byte, jwtbasics.MinSecretBytes)
	_, _ = rand.Read(secret) // never fails
	ring, err := jwtbasics.NewKeyRing(secret, nil)
	if err != nil {
		return nil, err
	}
	jwt, err := plugs.NewJWT(ring, time.Now)
	if err != nil {
		return nil, err
	}
	access, err := hkdf.Key(sha256.New, secret, nil, accessInfo, jwtbasics.MinSecretBytes)
	if err != nil {
		return nil, err
	}
	key, err := jwtbasics.NewHS256(access)
	if err != nil {
		return nil, err
	}
	return &anatomy{key: key, jwt: jwt, judges: newJudges(key, ring), server: server}, nil
}

// anatomy adds the API of the panel.
func (l *Lab) anatomy(mux *http.ServeMux) {
	mux.HandleFunc("POST /lab/api/anatomy/token", l.tokens.issue)
	mux.HandleFunc("POST /lab/api/anatomy/sign", l.tokens.sign)
	mux.HandleFunc("POST /lab/api/anatomy/judge", l.tokens.judge)
}

type tokenText struct {
	Token string `json:"token"`
}

func answerToken(w http.ResponseWriter, token string, err error) {
	if err != nil {
		problem.Write(w, problem.New(problem.MalformedRequest, err.Error()))
		return
	}
	answer(w, tokenText{token})
}

// issue answers with a token as the server signs them, for a user that does not exist.
func (a *anatomy) issue(w http.ResponseWriter, _ *http.Request) {
	now := time.Now()
	token, err := a.jwt.Sign(tokens.Claims{Subject: "somebody", SessionID: "a-log-in", TokenID: rand.Text(),
		IssuedAt: now, ExpiresAt: now.Add(tokens.AccessTTL)})
	answerToken(w, token, err)
}

// sign answers with the header and the payload of the request under a new signature.
func (a *anatomy) sign(w http.ResponseWriter, r *http.Request) {
	var asked struct{ Header, Payload string }
	if !ask(w, r, &asked) {
		return
	}
	token, err := jwtbasics.SignCompact(a.key, []byte(asked.Header), []byte(asked.Payload))
	answerToken(w, token, err)
}

// judge answers with the verdicts of all judges, and of the server by its own keys.
func (a *anatomy) judge(w http.ResponseWriter, r *http.Request) {
	var asked tokenText
	if !ask(w, r, &asked) {
		return
	}
	verdicts, err := within(func() (all []verdict) {
		for _, j := range a.judges {
			all = append(all, j.verdict(asked.Token))
		}
		own := gate(func(jwtbasics.Policy) (verify, error) { return a.server, nil })
		return append(all, own.verdict(asked.Token))
	})
	if err != nil {
		problem.Write(w, err)
		return
	}
	own := len(verdicts) - 1
	answer(w, map[string]any{"judges": verdicts[:own], "server": verdicts[own]})
}
