// Wrong: A token of another issuer is accepted.
//
// Hint: The audience is right, and the token comes from a stranger's sign-in. Which
// claim says who wrote it? Exercise 2.9 asks two questions, and your parser asks one of
// them.
//
// Fails:
//   - TestSuite/another_issuer_is_refused
//   - TestSuite/without_iss_it_is_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
