// Wrong: iat is not checked.
//
// Hint: A token from the future passes. The library reads iat and says nothing, unless
// it is asked to. Look at what the options say about issued at.
//
// Fails:
//   - TestSuite/iat_beyond_the_leeway_is_not_valid_yet
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithLeeway(Leeway),
	)
}
