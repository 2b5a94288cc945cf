package middleware

import (
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// BearerToken returns the token of the header
//
//	Authorization: Bearer TOKEN
//
// (RFC 6750 section 2.1; the scheme in any case). It looks nowhere else: a
// token in a query string ends up in logs and in the browser's history.
//
// The error is TOKEN_NOT_FOUND where no bearer token was sent, INVALID_TOKEN
// where it is not written as one or where there are two Authorization headers,
// of which proxy and server could choose different ones.
func BearerToken(r *http.Request) (string, error) {
	values := r.Header.Values("Authorization")
	switch len(values) {
	case 0:
		return "", problem.New(problem.TokenNotFound, "")
	case 1:
		return parseBearer(values[0])
	default:
		return "", problem.New(problem.InvalidToken, "The request carries more than one Authorization header.")
	}
}

func parseBearer(credentials string) (string, error) {
	scheme, rest, _ := strings.Cut(credentials, " ")
	token := strings.TrimLeft(rest, " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return "", problem.New(problem.TokenNotFound, "")
	}
	if !isToken68(token) {
		return "", problem.New(problem.InvalidToken, "The Authorization header is not written as: Bearer TOKEN.")
	}
	return token, nil
}

// isToken68 reports whether s is a token68 (RFC 9110 section 11.2): letters,
// digits and -._~+/ with any number of = at the end.
func isToken68(s string) bool {
	s = strings.TrimRight(s, "=")
	for i := range len(s) {
		c := s[i]
		isLetter := 'a' <= c|0x20 && c|0x20 <= 'z'
		isDigit := '0' <= c && c <= '9'
		if !isLetter && !isDigit && strings.IndexByte("-._~+/", c) < 0 {
			return false
		}
	}
	return s != ""
}
