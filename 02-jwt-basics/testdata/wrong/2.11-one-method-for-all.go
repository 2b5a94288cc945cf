// Wrong: The one valid method is HS256, whatever the key.
//
// Hint: Tokens of HS256 pass, and those of the other three keys are refused. Your
// function has a parameter that says which algorithm the key is for.
//
// Fails:
//   - TestCodecs_readEachOther/ES256
//   - TestCodecs_readEachOther/EdDSA
//   - TestCodecs_readEachOther/RS256
//   - TestCodecs_refuseAnotherKey/ES256
//   - TestCodecs_refuseAnotherKey/EdDSA
//   - TestCodecs_refuseAnotherKey/RS256
//   - TestCodecs_refuseEveryMutation/ES256
//   - TestCodecs_refuseEveryMutation/EdDSA
//   - TestCodecs_refuseEveryMutation/RS256
//   - TestLibraryParser_takesOneAlgorithm/ES256
//   - TestLibraryParser_takesOneAlgorithm/EdDSA
//   - TestLibraryParser_takesOneAlgorithm/RS256
//   - TestSuite/a_payload_that_is_null_is_refused
//   - TestSuite/a_token_of_its_own_shape_is_accepted
//   - TestSuite/members_in_another_order_and_white_space_are_accepted
//   - TestSuite/text_of_any_script_is_accepted
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{"HS256"}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
}
