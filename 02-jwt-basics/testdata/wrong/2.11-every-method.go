// Wrong: All four algorithms are valid, whatever the key.
//
// Hint: Your parser takes more than one algorithm, so the token chooses among them. With
// the keys of this chapter the type of the key stops it, by luck. A parser serves one
// key, and a parameter names that key's algorithm.
//
// Fails:
//   - TestLibraryParser_takesOneAlgorithm/ES256
//   - TestLibraryParser_takesOneAlgorithm/EdDSA
//   - TestLibraryParser_takesOneAlgorithm/HS256
//   - TestLibraryParser_takesOneAlgorithm/RS256
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256", "RS256", "ES256", "EdDSA"}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
