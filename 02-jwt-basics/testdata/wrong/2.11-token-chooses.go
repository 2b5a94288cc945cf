// Wrong: The token chooses the algorithm.
//
// Hint: A token signed with HS512 passes where HS256 is meant. The key is right, and the
// header decided how it is used. Which option names the methods that are valid?
//
// Fails:
//   - TestLibraryParser_takesOneAlgorithm/ES256
//   - TestLibraryParser_takesOneAlgorithm/EdDSA
//   - TestLibraryParser_takesOneAlgorithm/HS256
//   - TestLibraryParser_takesOneAlgorithm/RS256
//   - TestSuite/HS512_with_the_same_secret_is_refused
//   - TestSuite/PS256_with_the_same_key_is_refused
//   - TestSuite/RS512_with_the_same_key_is_refused
//   - TestSuite/alg_none_with_a_signature_is_refused
//   - TestSuite/alg_none_without_a_signature_is_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
