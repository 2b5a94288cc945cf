package jwtbasics

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// difference is one thing that golang-jwt accepts, with all its options set,
// and that this package refuses on purpose.
type difference struct {
	name string
	why  string
	// in reports whether a signed token shows it. It looks at the token with
	// the standard library alone.
	in func(token opened) bool
}

// opened is a token whose segments were decoded as golang-jwt does.
type opened struct {
	text            string
	header, payload string
}

func open(token string) opened {
	parts := strings.Split(token, ".")
	return opened{text: token, header: string(unb64(parts[0])), payload: string(unb64(parts[1]))}
}

// differences are all there are: the fuzz tests fail on any other.
func differences() []difference {
	return []difference{
		{"length", "work is bounded before it starts",
			func(o opened) bool { return len(o.text) > MaxTokenBytes }},
		{"line break", "Go's base64 decoder skips it, so many texts would be one token",
			func(o opened) bool { return strings.ContainsAny(o.text, "\r\n") }},
		{"header member", "an extension we don't know changes what the token means (RFC 7515 section 4.1.11)",
			func(o opened) bool { return hasOther(o.header, "alg", "typ") }},
		{"typ", "a token for one use is not for another (RFC 8725 section 3.11)",
			func(o opened) bool {
				return slices.ContainsFunc(members(o.header), func(m member) bool {
					return m.name == "typ" && m.value != "JWT"
				})
			}},
		{"unknown member", "encoding/json takes EXP for exp, and we accept only what we sign",
			func(o opened) bool {
				return hasOther(o.payload, "iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp")
			}},
		{"duplicate", "one parser takes the first, another the last",
			func(o opened) bool { return hasDuplicate(o.header) || hasDuplicate(o.payload) }},
		{"date form", "golang-jwt takes a date as string, fraction or below zero; we write whole seconds",
			func(o opened) bool { return hasOddDate(o.payload) }},
		{"null", "it is neither a value nor absent",
			func(o opened) bool {
				return slices.ContainsFunc(members(o.payload), func(m member) bool { return m.value == nil })
			}},
		{"escape", "two texts are one name to one parser and two names to another",
			func(o opened) bool { return strings.Contains(o.header+o.payload, `\`) }},
		{"UTF-8", "encoding/json replaces such bytes, so two subjects become one",
			func(o opened) bool { return !utf8.ValidString(o.header + o.payload) }},
	}
}

// member is one member of a JSON object as encoding/json reads it.
type member struct {
	name  string
	value any // string, json.Number, bool, nil, or a json.Delim where more follows
}

// members lists the members of the object at the top, with their repetitions.
func members(object string) []member {
	decoder := json.NewDecoder(strings.NewReader(object))
	decoder.UseNumber()
	var found []member
	if first, err := decoder.Token(); err != nil || first != json.Delim('{') {
		return nil
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return found
		}
		var value any
		if decoder.Decode(&value) != nil {
			return found
		}
		found = append(found, member{name.(string), value})
	}
	return found
}

func hasOther(object string, known ...string) bool {
	return slices.ContainsFunc(members(object), func(m member) bool { return !slices.Contains(known, m.name) })
}

func hasDuplicate(object string) bool {
	seen := map[string]bool{}
	for _, m := range members(object) {
		if seen[m.name] {
			return true
		}
		seen[m.name] = true
	}
	return false
}

func hasOddDate(payload string) bool {
	return slices.ContainsFunc(members(payload), func(m member) bool {
		if m.value == nil || m.name != "iat" && m.name != "nbf" && m.name != "exp" {
			return false
		}
		number, ok := m.value.(json.Number)
		return !ok || strings.ContainsAny(number.String(), "-.eE")
	})
}

// explained reports whether one of the differences is in the token.
func (o opened) explained() bool {
	return slices.ContainsFunc(differences(), func(d difference) bool { return d.in(o) })
}

// Every difference is real: a row of the suite shows it, and TestSuite that
// golang-jwt accepts the row's token and that we do not.
func TestDifferences_areShownByTheSuite(t *testing.T) {
	rows := rowsFor("HS256")
	for _, row := range rows {
		assert.Equal(t, row.library == nil && row.hand != nil, row.difference != "",
			"%s: a row names a difference exactly when golang-jwt alone accepts", row.name)
	}
	for _, d := range differences() {
		shown := slices.ContainsFunc(rows, func(row suiteRow) bool {
			return row.difference == d.name && d.in(open(row.forge(hs256().forger())))
		})
		assert.True(t, shown, "no row of the suite shows the difference %q: is it real?", d.name)
	}
}

// assertAgree holds a strict verifier to the library's verdict: it accepts
// nothing that the library refuses, and what it refuses alone has a name.
func assertAgree(t *testing.T, strict, library func(string) (Claims, error), token opened) {
	t.Helper()
	got, strictErr := strict(token.text)
	want, libraryErr := library(token.text)
	switch {
	case strictErr == nil && libraryErr == nil:
		assert.Equal(t, want, got, "two readers of one token must read the same")
	case strictErr == nil:
		assert.Fail(t, "accepted what golang-jwt refuses", "%v: %q", libraryErr, token.text)
	case libraryErr == nil:
		assert.True(t, token.explained(), "refused (%v) what golang-jwt accepts, for no reason that has a name: %q",
			strictErr, token.text)
	}
	if strictErr != nil {
		assert.Zero(t, got, "nobody may use the claims of a refused token")
	}
}

// addSeeds adds header and payload of every row of the suite.
func addSeeds(f *testing.F, forge forger) {
	for _, row := range rowsFor(forge.alg) {
		parts := strings.Split(row.forge(forge), ".")
		if len(parts) < 2 || strings.ContainsAny(parts[0]+parts[1], " \n") {
			continue
		}
		f.Add(string(unb64(parts[0])), string(unb64(parts[1])))
	}
}

// FuzzByHand_Verify signs any header and payload with the right key: what a
// partner with the key, or an older release, could send.
func FuzzByHand_Verify(f *testing.F) {
	exercise.Needs(f, allNeeds()...)
	forge := hs256().forger()
	hand := must(NewByHand(hs256().key, testPolicy))
	library := must(NewLibrary(hs256().key, testPolicy))
	addSeeds(f, forge)
	f.Fuzz(func(t *testing.T, header, payload string) {
		synctest.Test(t, func(t *testing.T) {
			token := opened{text: forge.token(header, payload), header: header, payload: payload}
			assertAgree(t, hand.Verify, library.Verify, token)
		})
	})
}

// FuzzVerifier_Verify does the same to the server's gate, with the header that
// opens it.
func FuzzVerifier_Verify(f *testing.F) {
	exercise.Needs(f, allNeeds()...)
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	forge := ringForger(ring.keys[0])
	verifier := must(NewVerifier(ring, testPolicy))
	library := must(NewLibrary(&HS256{secret: ring.keys[0].access}, testPolicy))
	addSeeds(f, forge)
	f.Fuzz(func(t *testing.T, _, payload string) {
		synctest.Test(t, func(t *testing.T) {
			// The header is the gate's own, so it explains nothing.
			token := opened{text: forge.payload(payload), payload: payload}
			assertAgree(t, verifier.Verify, library.Verify, token)
		})
	})
}

// FuzzVerifier_anyToken looks for a second text of a token, and for a
// panic.
func FuzzVerifier_anyToken(f *testing.F) {
	exercise.Needs(f, "2.1", "2.2")
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	verifier := must(NewVerifier(ring, testPolicy))
	genuine := must(NewSigner(ring).Sign(validClaims()))
	seeds := []string{genuine, genuine + "=", genuine + "\n", strayBits(genuine), cutSignature(genuine), "", "..",
		"a.b.c"}
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		synctest.Test(t, func(t *testing.T) {
			claims, err := verifier.Verify(token)
			if err != nil {
				assert.Zero(t, claims, "nobody may use the claims of a refused token")
				return
			}
			assert.Equal(t, genuine, token, "a token is written in one way only")
		})
	})
}
