// Wrong: Base64 is decoded leniently.
//
// Hint: Another spelling of the signature passes. It is your exercise 2.1 once more, in
// the library this time. There is an option for it.
//
// Fails:
//   - TestSuite/stray_bits_in_the_signature_are_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
