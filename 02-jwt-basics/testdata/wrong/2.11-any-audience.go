// Wrong: A token for another service is accepted.
//
// Hint: The issuer is right, and the token is for somebody else. One sign-in serves many
// services. Which claim says for which of them a token is?
//
// Fails:
//   - TestSuite/another_audience_is_refused
//   - TestSuite/expired_and_for_another_audience_is_not_called_expired
//   - TestSuite/without_aud_it_is_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
