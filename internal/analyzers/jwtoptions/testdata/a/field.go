package a

import (
	"errors"

	"github.com/golang-jwt/jwt/v5"
)

// What public projects do, each as its smallest case.

// Middleware is filled in by another package, so its options are from there.
type Middleware struct {
	Options []jwt.ParserOption
	private []jwt.ParserOption
}

func (m *Middleware) parse(token string) {
	m.Options = append(m.Options, jwt.WithLeeway(5))
	_, _ = jwt.Parse(token, key, m.Options...)
	m.private = append(m.private, jwt.WithLeeway(5))
	_, _ = jwt.Parse(token, key, m.private...) // want `the token chooses`
}

func verifySignature(token string) error { return errors.New(token) }

// The claims are read first, and the signature is checked behind them.
func verifiedLater(token string) (jwt.MapClaims, error) {
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil {
		return nil, err
	}
	if err := verifySignature(token); err != nil {
		return nil, err
	}
	return claims, nil
}

func anotherIsVerified(token, other string) (jwt.MapClaims, error) {
	claims := jwt.MapClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(token, claims); err != nil { // want `checks no signature`
		return nil, err
	}
	return claims, verifySignature(other)
}

func verifiedBefore(token string) (jwt.MapClaims, error) {
	if err := verifySignature(token); err != nil {
		return nil, err
	}
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(token, claims)
	return claims, err
}

// The header says which key to fetch.
func headerOnly(token string) (string, error) {
	t, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		return "", err
	}
	kid, _ := t.Header["kid"].(string)
	return kid, nil
}

func headerAndClaims(token string) (any, any) {
	t, _, _ := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{}) // want `checks no signature`
	return t.Header["kid"], t.Claims
}

func inVariable(token string) (*jwt.Token, error) {
	t, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{}) // want `checks no signature`
	return t, err
}
