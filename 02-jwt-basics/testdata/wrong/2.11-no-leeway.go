// Wrong: The library gets no leeway.
//
// Hint: By hand the borders are five seconds wide, here they have no width. Both codecs
// answer the same question, so they need the same constant.
//
// Fails:
//   - TestSuite/a_second_before_exp_plus_leeway_it_is_accepted
//   - TestSuite/iat_at_the_end_of_the_leeway_is_accepted
//   - TestSuite/nbf_at_the_end_of_the_leeway_is_accepted
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
	)
}
