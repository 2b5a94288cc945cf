package jwtbasics

import (
	"errors"

	"github.com/golang-jwt/jwt/v5"
)

// Library is the [Codec] on golang-jwt. It is a good library with lenient
// defaults; libraryParser closes those that an option can close. The tests
// name what is left.
type Library struct {
	key    Key
	want   Policy
	parser *jwt.Parser
}

// NewLibrary returns a codec, or ErrClaims for a policy with a gap.
func NewLibrary(key Key, want Policy) (*Library, error) {
	if err := want.checkUsable(); err != nil {
		return nil, err
	}
	return &Library{key: key, want: want, parser: libraryParser(key.Alg(), want)}, nil
}

// libraryParser returns a parser with every check that the library offers and
// leaves off: without the first option a token may choose among all
// algorithms that take the same type of key, without the second one token has
// many texts, and without the others a token without exp has no end,
// and one for another server is accepted. The last one is the policy's clock.
//
//workbook:exercise 2.11 TestSuite|TestCodecs_.*|TestLibraryParser_.*
func libraryParser(alg string, want Policy) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{alg}),
		jwt.WithStrictDecoding(),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
		jwt.WithTimeFunc(want.clock),
	)
}

// Sign hands the claims to the library.
func (l *Library) Sign(c Claims) (string, error) {
	if err := c.checkWritable(); err != nil {
		return "", err
	}
	private, _ := l.key.forLibrary()
	return jwt.NewWithClaims(jwt.GetSigningMethod(l.key.Alg()), &wireClaims{Claims: c}).SignedString(private)
}

// Verify hands the token to the library and returns its verdict as one of
// this package's errors.
func (l *Library) Verify(token string) (Claims, error) {
	wire := &wireClaims{want: l.want}
	_, err := l.parser.ParseWithClaims(token, wire, func(*jwt.Token) (any, error) {
		_, public := l.key.forLibrary()
		return public, nil
	})
	if err != nil {
		return Claims{}, fromLibrary(err)
	}
	return wire.Claims, nil
}

// fromLibrary returns this package's error for one of the library's, which
// may be several joined. Expiry comes last: ErrExpired says that nothing else
// is wrong.
func fromLibrary(err error) error {
	is := func(target error) bool { return errors.Is(err, target) }
	switch {
	case is(jwt.ErrTokenMalformed):
		return ErrMalformed
	case is(jwt.ErrTokenUnverifiable):
		return ErrHeader
	case is(jwt.ErrTokenSignatureInvalid):
		return ErrSignature
	case is(jwt.ErrTokenInvalidIssuer), is(jwt.ErrTokenInvalidAudience),
		is(jwt.ErrTokenRequiredClaimMissing), is(ErrClaims):
		return ErrClaims
	case is(jwt.ErrTokenNotValidYet), is(jwt.ErrTokenUsedBeforeIssued):
		return ErrNotYetValid
	case is(jwt.ErrTokenExpired):
		return ErrExpired
	}
	return ErrClaims
}
