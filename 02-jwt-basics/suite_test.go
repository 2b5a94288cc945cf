package jwtbasics

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
)

// The suite is one table of tokens. Each row goes through all verifiers: the two
// codecs, with every algorithm that the row is about, and the server's Verifier.

// suiteRow is a token and the verdict of each verifier; nil is accepted.
type suiteRow struct {
	name  string
	needs []string
	algs  []string // whose tokens it is about
	forge func(f forger) string
	clock time.Time // what the policy's clock says; zero is this machine's

	hand    error // ByHand
	library error // Library; it tells fewer kinds of header and signature apart
	gate    error // Verifier; it compares headers as a whole
	// difference names, in differences, why hand and gate refuse what
	// golang-jwt accepts.
	difference string
}

// accepted, refused and lenient are the verdicts most rows have.
func accepted(name string, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge}
}

func refused(name string, err error, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: err, library: err, gate: err}
}

func lenient(name, difference string, err error, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: err, gate: err, difference: difference}
}

// header is for rows whose header is wrong: the library calls most of them a
// signature error.
func header(name string, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: ErrHeader, library: ErrSignature, gate: ErrHeader}
}

// only says that the row is about one algorithm.
func (r suiteRow) only(alg string) suiteRow {
	r.algs = []string{alg}
	return r
}

// at sets the policy's clock.
func (r suiteRow) at(clock time.Time) suiteRow {
	r.clock = clock
	return r
}

// policy is testPolicy with the row's clock.
func (r suiteRow) policy() Policy {
	policy := testPolicy
	if !r.clock.IsZero() {
		policy.Now = func() time.Time { return r.clock }
	}
	return policy
}

// byLibrary and byGate say where one verifier's verdict is another.
func (r suiteRow) byLibrary(err error) suiteRow {
	r.library = err
	return r
}

func (r suiteRow) byGate(err error) suiteRow {
	r.gate = err
	return r
}

// suiteRows are all rows. Forms, headers and signatures differ from algorithm to
// algorithm, so those rows are about all four. What a claim says has nothing to
// do with the algorithm.
func suiteRows() []suiteRow {
	rows := about([]string{"HS256", "RS256", "ES256", "EdDSA"}, formRows(), headerRows(), signatureRows())
	return append(rows, about([]string{"HS256"}, claimRows(), timeRows(), lenientRows())...)
}

// about joins tables. Their rows need the whole chapter, and those that name no
// algorithm are about algs.
func about(algs []string, tables ...[]suiteRow) []suiteRow {
	rows := slices.Concat(tables...)
	for i := range rows {
		rows[i].needs = allNeeds()
		if rows[i].algs == nil {
			rows[i].algs = algs
		}
	}
	return rows
}

// rowsFor returns the rows that are about an algorithm.
func rowsFor(alg string) []suiteRow {
	return slices.DeleteFunc(suiteRows(), func(r suiteRow) bool { return !slices.Contains(r.algs, alg) })
}

// TestSuite runs every token through every verifier. The message of a failure
// begins with the verifier that judged wrongly.
func TestSuite(t *testing.T) {
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	all := algorithms() // made outside the bubbles
	exercise.SynctestRows(t, "2.11", suiteRows(), func(t *testing.T, row suiteRow) {
		for _, a := range all {
			if slices.Contains(row.algs, a.key.Alg()) && !t.Failed() { // one algorithm shows a mistake as well as four
				assertCodecs(t, row, a)
			}
		}
		if slices.Contains(row.algs, "HS256") {
			assertGate(t, row, ring)
		}
	})
}

func assertCodecs(t *testing.T, row suiteRow, a algorithm) {
	t.Helper()
	hand, library := codecs(a, row.policy())
	token := row.forge(a.forger())
	assertVerdict(t, fmt.Sprintf("by hand, %s", a.key.Alg()), hand.Verify, token, row.hand)
	assertVerdict(t, fmt.Sprintf("golang-jwt with libraryParser, %s", a.key.Alg()), library.Verify, token, row.library)
}

// assertGate judges the server's verifier. VerifyIgnoringExpiry forgives age and
// nothing else: outside of the rows about expiry it has the same verdicts.
func assertGate(t *testing.T, row suiteRow, ring *KeyRing) {
	t.Helper()
	verifier := must(NewVerifier(ring, row.policy()))
	token := row.forge(ringForger(ring.keys[0]))
	assertVerdict(t, "the server's Verify", verifier.Verify, token, row.gate)
	if row.gate == ErrExpired {
		row.gate = nil
	}
	assertVerdict(t, "the server's VerifyIgnoringExpiry", verifier.VerifyIgnoringExpiry, token, row.gate)
}

// ringForger forges with the access key of a key ring.
func ringForger(keys ringKeys) forger {
	return forger{alg: "HS256", header: string(unb64(keys.header)), sign: func(input string) string {
		return b64(string(must(jwt.SigningMethodHS256.Sign(input, keys.access()))))
	}}
}

// assertVerdict checks the error, what comes with it, and that it says nothing
// of the token.
func assertVerdict(t *testing.T, who string, verify func(string) (Claims, error), token string, want error) {
	t.Helper()
	claims, err := verify(token)
	assertError(t, want, err, who+": "+whyVerdict(want, err))
	if want == nil {
		assert.Equal(t, testPolicy.Issuer, claims.Issuer, "%s: the claims come back", who)
		assert.NotEmpty(t, claims.Subject, "%s: the claims come back", who)
		return
	}
	assert.Zero(t, claims, "%s: nobody may use the claims of a refused token", who)
	if err != nil {
		assert.NotContains(t, err.Error(), "user", "%s: the message goes to a log", who)
	}
}

// whyVerdict says what a wrong verdict does to people.
func whyVerdict(want, got error) string {
	switch {
	case want == nil:
		return "a token that is genuine and valid is refused"
	case got == nil:
		return "a token that must be refused is accepted"
	}
	return "the server answers by the kind of error, so the client is told a wrong reason"
}
