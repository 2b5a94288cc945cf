// Wrong: The parser is used as it comes, without any option.
//
// Hint: The library checks the signature and the dates that are there. It does not ask
// who issued the token, for whom, or whether it ends. Every option of its ParserOption
// list that begins with With is worth reading once.
//
// Fails:
//   - TestLibraryParser_takesOneAlgorithm/ES256
//   - TestLibraryParser_takesOneAlgorithm/EdDSA
//   - TestLibraryParser_takesOneAlgorithm/HS256
//   - TestLibraryParser_takesOneAlgorithm/RS256
//   - TestSuite/HS512_with_the_same_secret_is_refused
//   - TestSuite/PS256_with_the_same_key_is_refused
//   - TestSuite/RS512_with_the_same_key_is_refused
//   - TestSuite/a_second_before_exp_plus_leeway_it_is_accepted
//   - TestSuite/alg_none_with_a_signature_is_refused
//   - TestSuite/alg_none_without_a_signature_is_refused
//   - TestSuite/another_audience_is_refused
//   - TestSuite/another_issuer_is_refused
//   - TestSuite/expired_and_for_another_audience_is_not_called_expired
//   - TestSuite/iat_beyond_the_leeway_is_not_valid_yet
//   - TestSuite/nbf_at_the_end_of_the_leeway_is_accepted
//   - TestSuite/stray_bits_in_the_signature_are_refused
//   - TestSuite/without_aud_it_is_refused
//   - TestSuite/without_exp_it_is_refused
//   - TestSuite/without_iss_it_is_refused
package jwtbasics

import "github.com/golang-jwt/jwt/v5"

func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser()
}
