package jwtbasics

import (
	"testing"
	"testing/synctest"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// codecs returns the two codecs with the algorithm's key.
func codecs(a algorithm, want Policy) (hand *ByHand, library *Library) {
	return must(NewByHand(a.key, want)), must(NewLibrary(a.key, want))
}

// allNeeds are the exercises that the two codecs run through.
func allNeeds() []string {
	return []string{"2.11", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "2.8", "2.9", "2.10"}
}

// algorithmRow is a row for each algorithm.
type algorithmRow struct {
	name  string
	needs []string
	algorithm
}

func algorithmRows() []algorithmRow {
	var rows []algorithmRow
	for _, a := range algorithms() {
		rows = append(rows, algorithmRow{name: a.key.Alg(), needs: allNeeds(), algorithm: a})
	}
	return rows
}

func TestCodecs_readEachOther(t *testing.T) {
	exercise.SynctestRows(t, "2.11", algorithmRows(), func(t *testing.T, row algorithmRow) {
		hand, library := codecs(row.algorithm, testPolicy)
		for _, signer := range []Codec{hand, library} {
			for _, verifier := range []Codec{hand, library} {
				want := with(func(c *Claims) { c.NotBefore = c.IssuedAt })
				token, err := signer.Sign(want)
				require.NoError(t, err)
				got, err := verifier.Verify(token)
				require.NoError(t, err, "signed by %T, verified by %T: a standard is there so that the two agree",
					signer, verifier)
				assert.Equal(t, want, got, "signed by %T, verified by %T: nothing may get lost on the way",
					signer, verifier)
			}
		}
	})
}

func TestCodecs_refuseAnotherKey(t *testing.T) {
	exercise.SynctestRows(t, "2.11", algorithmRows(), func(t *testing.T, row algorithmRow) {
		hand, library := codecs(row.algorithm, testPolicy)
		token := must(hand.Sign(validClaims()))
		_, err := library.Verify(token)
		assert.NoError(t, err, "the token is genuine")
		for _, other := range algorithms() {
			if other == row.algorithm {
				continue
			}
			otherHand, otherLibrary := codecs(other, testPolicy)
			for _, verifier := range []Codec{otherHand, otherLibrary} {
				_, err := verifier.Verify(token)
				assert.Error(t, err, "%T takes it with a key of %s: whose key it is must matter",
					verifier, other.key.Alg())
			}
		}
	})
}

func TestSign_refusesWhatNoVerifierAccepts(t *testing.T) {
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	hand := must(NewByHand(hs256().key, testPolicy))
	library := &Library{key: hs256().key, want: testPolicy} // without the parser, which is an exercise
	signers := map[string]func(Claims) (string, error){
		"hand": hand.Sign, "library": library.Sign, "signer": NewSigner(ring).Sign,
	}
	for _, row := range unwritable() {
		for name, sign := range signers {
			t.Run(name+": "+row.name, func(t *testing.T) {
				token, err := sign(row.claims)
				assert.ErrorIs(t, err, ErrClaims, "no verifier would accept it, so the mistake should show here")
				assert.Empty(t, token)
				if err != nil {
					assert.NotContains(t, err.Error(), "user", "the message goes to a log")
				}
			})
		}
	}
}

// TestCodecs_refuseEveryMutation changes each character of a token in turn,
// and cuts the token at each.
func TestCodecs_refuseEveryMutation(t *testing.T) {
	exercise.SynctestRows(t, "2.11", algorithmRows(), func(t *testing.T, row algorithmRow) {
		hand, library := codecs(row.algorithm, testPolicy)
		token := row.forger().claims(validClaims())
		assertMutationsRefused(t, token, hand.Verify)
		assertMutationsRefused(t, token, library.Verify)
	})
}

func TestVerifier_refusesEveryMutation(t *testing.T) {
	exercise.Needs(t, "2.2", "2.1")
	synctest.Test(t, func(t *testing.T) {
		ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
		verifier := must(NewVerifier(ring, testPolicy))
		token := must(NewSigner(ring).Sign(validClaims()))
		assertMutationsRefused(t, token, verifier.Verify)
		assertMutationsRefused(t, token, verifier.VerifyIgnoringExpiry)
	})
}

func assertMutationsRefused(t *testing.T, token string, verify func(string) (Claims, error)) {
	t.Helper()
	_, err := verify(token)
	require.NoError(t, err, "the token itself is genuine")
	for i := range token {
		mutated := []byte(token)
		mutated[i] ^= 1 // often another character of base64url
		_, err := verify(string(mutated))
		require.Error(t, err, "character %d of %d is another, and the token is still accepted", i, len(token))
		_, err = verify(token[:i])
		require.Error(t, err, "cut at character %d of %d, and the token is still accepted", i, len(token))
	}
}
