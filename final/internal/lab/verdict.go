package lab

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"example.com/authbook/final/internal/plugs"
)

// verify returns why a token is refused, or nil.
type verify func(token string) error

// judge is one way to verify a token: what it checks, in its order, and how it is made
// for a policy.
type judge struct {
	who      string
	exercise string // that sets all of it up
	steps    []step
	build    func(jwtbasics.Policy) (verify, error)
	open     verify // what it does before it reads the claims; nil where nothing can be asked for it alone
}

// step is a check of a judge, and whose code it is.
type step struct {
	Check    string `json:"check"`
	Exercise string `json:"exercise,omitempty"` // that does it
	Decodes  string `json:"decodes,omitempty"`  // the exercise that takes the base64url off before
	Given    string `json:"given,omitempty"`    // a file of chapter 02 or a module, where it is no exercise
}

// The checks.
const (
	split     = "split"     // three segments
	header    = "header"    // alg, typ and the rest
	signature = "signature" // the MAC
	claims    = "claims"    // the JSON, and that none is missing
	policy    = "policy"    // iss, aud and the lifetime
	times     = "times"     // exp, iat and nbf
	none      = ""          // it is not known which
)

// newJudges returns the three ways that a server could go, all with the lab's keys.
func newJudges(key *jwtbasics.HS256, ring *jwtbasics.KeyRing) []judge {
	return []judge{byHand(key), byLibrary(key), gate(func(p jwtbasics.Policy) (verify, error) {
		v, err := jwtbasics.NewVerifier(ring, p)
		return func(token string) error { _, err := v.Verify(token); return err }, err
	})}
}

func byHand(key *jwtbasics.HS256) judge {
	return judge{who: "byHand", steps: []step{
		{Check: split, Exercise: "2.2"}, {Check: header, Exercise: "2.6", Decodes: "2.1"},
		{Check: signature, Exercise: "2.5", Decodes: "2.1"}, {Check: claims, Given: "claims.go", Decodes: "2.1"},
		{Check: policy, Exercise: "2.9"}, {Check: times, Exercise: "2.8"},
	}, build: func(p jwtbasics.Policy) (verify, error) {
		c, err := jwtbasics.NewByHand(key, p)
		return func(token string) error { _, err := c.Verify(token); return err }, err
	}, open: func(token string) error { _, err := jwtbasics.VerifyCompact(key, token); return err }}
}

// byLibrary reads the claims before it looks at the signature, as golang-jwt does.
func byLibrary(key *jwtbasics.HS256) judge {
	steps := []step{{Check: split}, {Check: header}, {Check: claims}, {Check: signature}, {Check: policy}, {Check: times}}
	return judge{who: "library", exercise: "2.11", steps: steps, build: func(p jwtbasics.Policy) (verify, error) {
		c, err := jwtbasics.NewLibrary(key, p)
		return func(token string) error { _, err := c.Verify(token); return err }, err
	}}
}

// gate is the verifier that the server puts in front of every request.
func gate(build func(jwtbasics.Policy) (verify, error)) judge {
	return judge{who: "server", steps: []step{
		{Check: split, Exercise: "2.2"}, {Check: header, Given: "keyring.go"},
		{Check: signature, Given: "verifier.go", Decodes: "2.1"}, {Check: claims, Given: "claims.go", Decodes: "2.1"},
		{Check: policy, Given: "verifier.go"}, {Check: times, Given: "verifier.go"},
	}, build: build}
}

// verdict is what a judge says of a token. Steps before the one that refused were passed.
type verdict struct {
	Who      string `json:"who"`
	Accepted bool   `json:"accepted"`
	Error    string `json:"error,omitempty"`   // in the words of the code that refused
	Refused  string `json:"refused,omitempty"` // the check
	Decoding bool   `json:"decoding"`          // it was its base64url that was refused
	Exercise string `json:"exercise,omitempty"`
	Steps    []step `json:"steps"`
}

func (j judge) verdict(token string) verdict {
	v := verdict{Who: j.who, Exercise: j.exercise, Steps: j.steps}
	err := j.judge(token, plugs.Policy(time.Now))
	if v.Accepted = err == nil; v.Accepted {
		return v
	}
	v.Error = err.Error()
	_ = safely(func() error { // the code that panicked may do so again: then it is not known which check it was
		v.Refused, v.Decoding = j.refusal(token, err)
		return nil
	})
	return v
}

// judge returns why the token is refused. Red code may panic.
func (j judge) judge(token string, p jwtbasics.Policy) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
		}
	}()
	verify, err := j.build(p)
	if err != nil {
		return err
	}
	return verify(token)
}

// refusal finds the check behind an error. An error names its kind; where two checks
// have one kind, it tries which of them is content.
func (j judge) refusal(token string, err error) (check string, decoding bool) {
	is := func(kind error) bool { return errors.Is(err, kind) }
	switch {
	case is(jwtbasics.ErrMalformed):
		return j.malformed(token)
	case is(jwtbasics.ErrHeader):
		return header, false
	case is(jwtbasics.ErrSignature):
		return signature, false
	case is(jwtbasics.ErrClaims):
		return j.claimsOrPolicy(token), false
	case is(jwtbasics.ErrNotYetValid), is(jwtbasics.ErrExpired):
		return times, false
	}
	return none, false
}

// malformed says which part of the token can't be read.
func (j judge) malformed(token string) (check string, decoding bool) {
	parts, err := jwtbasics.Split(token)
	if err != nil {
		return split, false
	}
	segments := map[string]string{header: parts.Header, claims: parts.Payload, signature: parts.Signature}
	for _, s := range j.steps {
		text, err := jwtbasics.DecodeSegment(segments[s.Check])
		if err != nil {
			return s.Check, true
		}
		if s.Check == header && json.Unmarshal(text, &map[string]any{}) != nil {
			return header, false
		}
	}
	if j.open != nil && j.open(token) != nil {
		return header, false // it can be decoded, and is no flat object
	}
	return claims, false
}

// claimsOrPolicy asks again with a policy that wants what the token says.
func (j judge) claimsOrPolicy(token string) string {
	parts, err := jwtbasics.Split(token)
	if err != nil {
		return claims
	}
	payload, _ := jwtbasics.DecodeSegment(parts.Payload)
	var says struct{ Iss, Aud string }
	_ = json.Unmarshal(payload, &says) // else there is nothing to ask for
	p := jwtbasics.Policy{Issuer: says.Iss, Audience: says.Aud, TTL: math.MaxInt64}
	if errors.Is(j.judge(token, p), jwtbasics.ErrClaims) {
		return claims
	}
	return policy
}
