// Wrong: A token without exp is accepted.
//
// Hint: A claim that is missing is not checked, unless you say that it must be there.
// Twelve of thirteen submissions to a public exercise left that out. Look for the word
// Required.
//
// Fails:
//   - TestSuite/without_exp_it_is_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
