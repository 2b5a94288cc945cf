package jwtbasics

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

// BenchmarkVerifier_Verify prints what the gate and golang-jwt's MAC and validator
// cost beside golang-jwt's ParseWithClaims, in one run.
func BenchmarkVerifier_Verify(b *testing.B) {
	exercise.Needs(b, "2.1", "2.2")
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	verifier := must(NewVerifier(ring, testPolicy))
	token := must(NewSigner(ring).Sign(claimsAt(time.Now())))
	compare(b, verifier.Verify, parseWithClaims(ring.keys[0].access()), token)
}

// BenchmarkByHand_Verify prints the same for the steps of this chapter.
func BenchmarkByHand_Verify(b *testing.B) {
	exercise.Needs(b, "2.1", "2.2", "2.3", "2.5", "2.6", "2.7", "2.8", "2.9")
	codec := must(NewByHand(hs256().key, testPolicy))
	token := hs256().forger().claims(claimsAt(time.Now()))
	compare(b, codec.Verify, parseWithClaims(unb64(rfcHS256Secret)), token)
}

// parseWithClaims is the baseline: golang-jwt at its fastest, with a typed
// struct of claims, one parser for all tokens and no checks of our own.
func parseWithClaims(secret []byte) func(string) (Claims, error) {
	type claims struct {
		jwt.RegisteredClaims

		SessionID string `json:"sid"`
	}
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256"}),
		jwt.WithIssuer(testPolicy.Issuer),
		jwt.WithAudience(testPolicy.Audience),
		jwt.WithExpirationRequired(),
	)
	keyfunc := func(*jwt.Token) (any, error) { return secret, nil }
	return func(token string) (Claims, error) {
		_, err := parser.ParseWithClaims(token, &claims{}, keyfunc)
		return Claims{}, err
	}
}

// compare runs the two in turns, so that both see the same machine, and
// reports the ratio of their times.
func compare(b *testing.B, ours, baseline func(string) (Claims, error), token string) {
	const batch = 50
	run := func(verify func(string) (Claims, error)) time.Duration {
		start := time.Now()
		for range batch {
			if _, err := verify(token); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(start)
	}
	require.NoError(b, check(ours, token))
	var oursTime, baselineTime time.Duration
	rounds := 0
	for b.Loop() {
		oursTime += run(ours)
		baselineTime += run(baseline)
		rounds++
	}
	perToken := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / float64(rounds*batch) }
	b.ReportMetric(perToken(oursTime), "ns/token")
	b.ReportMetric(perToken(baselineTime), "ns/ParseWithClaims")
	b.ReportMetric(float64(oursTime)/float64(baselineTime), "ratio")
	b.ReportMetric(testing.AllocsPerRun(100, func() { _ = check(ours, token) }), "allocs/token")
	b.ReportMetric(0, "ns/op") // of a batch of both: it would only confuse
}

func check(verify func(string) (Claims, error), token string) error {
	_, err := verify(token)
	return err
}
