// Package a holds parsers, strict and lenient.
package a

import (
	"errors"
	"net/http"
	"slices"

	"github.com/golang-jwt/jwt/v5"
	"github.com/golang-jwt/jwt/v5/request"
)

var secret = []byte("…")

func key(*jwt.Token) (any, error) { return secret, nil }

func bad(token string) {
	_, _ = jwt.Parse(token, key)                                                                                                       // want `the token chooses its algorithm.*; and a token without exp lives for ever`
	_, _ = jwt.Parse(token, key, jwt.WithExpirationRequired())                                                                         // want `^the token chooses its algorithm: pass jwt.WithValidMethods with the one you sign with$`
	_, _ = jwt.ParseWithClaims(token, jwt.MapClaims{}, key, jwt.WithValidMethods([]string{"HS256"}))                                   // want `^a token without exp lives for ever: pass jwt.WithExpirationRequired\(\)$`
	_, _ = jwt.Parse(token, key, jwt.WithValidMethods(nil), jwt.WithExpirationRequired())                                              // want `allows every algorithm`
	_, _ = jwt.Parse(token, key, jwt.WithValidMethods([]string{"HS256", "none"}), jwt.WithExpirationRequired())                        // want `the algorithm none is no signature`
	_, _ = jwt.Parse(token, key, jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(), jwt.WithoutClaimsValidation()) // want `switches the check of exp off`

	_, _ = jwt.NewParser(jwt.WithLeeway(5)).Parse(token, key) // want `the token chooses`
	_, _ = new(jwt.Parser).Parse(token, key)                  // want `the token chooses`
	p := &jwt.Parser{}                                        // want `the token chooses`
	_, _ = p.ParseWithClaims(token, jwt.MapClaims{}, key)
	var zero jwt.Parser
	_, _ = zero.Parse(token, key) // want `the token chooses`
}

func unverified(token string) {
	_, _, _ = jwt.NewParser().ParseUnverified(token, jwt.MapClaims{}) // want `nothing in these claims may be believed`
}

func fromRequests(r *http.Request) {
	_, _ = request.ParseFromRequest(r, request.OAuth2Extractor, key) // want `the token chooses.*; and a token without exp`
	_, _ = request.ParseFromRequest(r, request.OAuth2Extractor, key, request.WithParser(jwt.NewParser(strictOptions()...)))
	_, _ = request.ParseFromRequest(r, request.OAuth2Extractor, key, request.WithParser(jwt.NewParser())) // want `the token chooses`
}

// Used by another package.
func newParser() *jwt.Parser {
	return jwt.NewParser(jwt.WithValidMethods([]string{"HS256"})) // want `lives for ever`
}

// Options in a slice, made in several ways.
func slicesOfOptions(token string) {
	options := []jwt.ParserOption{jwt.WithIssuer("us")}
	options = append(options, jwt.WithValidMethods([]string{"HS256"}))
	_, _ = jwt.Parse(token, key, options...) // want `^a token without exp`

	_ = jwt.NewParser(strictOptions()...)
	_ = jwt.NewParser(append(strictOptions(), jwt.WithAudience("us"))...)
	_ = jwt.NewParser(slices.Concat(strictOptions(), options)...)
	_ = jwt.NewParser(packageOptions...) // want `the token chooses`

	expiry := jwt.WithExpirationRequired()
	_, _ = jwt.Parse(token, key, expiry, jwt.WithValidMethods([]string{"HS256"}))
}

var packageOptions = []jwt.ParserOption{jwt.WithExpirationRequired()}

func strictOptions() []jwt.ParserOption {
	return []jwt.ParserOption{jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired()}
}

// A caller may have given anything.
func parameters(token string, options ...jwt.ParserOption) {
	_ = jwt.NewParser(options...)
	options = append(options, jwt.WithValidMethods([]string{"HS256"}))
	_, _ = jwt.Parse(token, key, options...)
}

// The key function pins the algorithm, or seems to.
func keyFunctions(token string) {
	exact := func(t *jwt.Token) (any, error) {
		if t.Method != jwt.SigningMethodHS256 {
			return nil, errors.New("another algorithm")
		}
		return secret, nil
	}
	_, _ = jwt.Parse(token, exact, jwt.WithExpirationRequired())
	_, _ = jwt.Parse(token, byName, jwt.WithExpirationRequired())
	family := func(t *jwt.Token) (any, error) {
		if _, ok := t.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, errors.New("another family")
		}
		return secret, nil
	}
	_, _ = jwt.Parse(token, family, jwt.WithExpirationRequired()) // want `the token chooses`
}

// Who forbids none allows all the others.
func forbidsNone(token string) {
	_, _ = jwt.Parse(token, func(t *jwt.Token) (any, error) { // want `the token chooses its algorithm`
		if t.Header["alg"] == "none" || t.Method == jwt.SigningMethodNone {
			return nil, errors.New("not signed")
		}
		return secret, nil
	}, jwt.WithExpirationRequired())
}

func byName(t *jwt.Token) (any, error) {
	switch t.Method.Alg() {
	case "HS256":
		return secret, nil
	}
	return nil, errors.New("another algorithm")
}

// The claims look after their own expiry.
type claims struct{ jwt.RegisteredClaims }

func (c claims) Validate() error {
	if c.ExpiresAt == nil {
		return errors.New("no exp")
	}
	return nil
}

func ownClaims(token string) {
	var c claims
	_, _ = jwt.ParseWithClaims(token, &c, key, jwt.WithValidMethods([]string{"HS256"}))
}

func afterwards(token string) bool {
	var c jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &c, key, jwt.WithValidMethods([]string{"HS256"}))
	return err == nil && c.ExpiresAt != nil
}

// A parser in a field.
type verifier struct{ parser *jwt.Parser }

func newVerifier() verifier {
	return verifier{parser: jwt.NewParser(jwt.WithExpirationRequired())} // want `the token chooses`
}

func (v verifier) verify(token string) error {
	_, err := v.parser.Parse(token, key)
	return err
}

func (v verifier) again(token string) error {
	_, err := v.parser.Parse(token, key)
	return err
}
