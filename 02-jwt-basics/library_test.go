package jwtbasics

import (
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
)

// The type of a key would stop most tokens of another algorithm, later and by
// chance. So each parser is asked here with the key that fits the token: what is
// left to stop it is the parser's own list of methods.
func TestLibraryParser_takesOneAlgorithm(t *testing.T) {
	type row struct {
		name string
		alg  string
	}
	var rows []row
	for _, a := range algorithms() {
		rows = append(rows, row{name: a.key.Alg(), alg: a.key.Alg()})
	}
	exercise.SynctestRows(t, "2.11", rows, func(t *testing.T, row row) {
		parser := libraryParser(row.alg, testPolicy)
		for _, a := range algorithms() {
			_, public := a.key.forLibrary()
			token := a.forger().claims(validClaims())
			keyfunc := func(*jwt.Token) (any, error) { return public, nil }
			_, err := parser.ParseWithClaims(token, &wireClaims{want: testPolicy}, keyfunc)
			if a.key.Alg() == row.alg {
				assert.NoError(t, err, "a parser for %s refuses %s: the token is genuine", row.alg, a.key.Alg())
			} else {
				assert.Error(t, err, "a parser for %s takes %s: the token chose the algorithm", row.alg, a.key.Alg())
			}
		}
	})
}
