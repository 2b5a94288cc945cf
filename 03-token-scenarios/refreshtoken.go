package tokens

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
)

// MAC seals refresh tokens. Its key serves no other purpose: with a shared key
// a refresh token and a JWT could be taken for each other.
type MAC interface {
	// RefreshMAC returns the HMAC-SHA256 of the message, 32 bytes.
	RefreshMAC(message []byte) []byte

	// VerifyRefreshMAC reports whether mac is that of the message, under the
	// current key or the one before, in constant time.
	VerifyRefreshMAC(message, mac []byte) bool
}

// refreshToken is what a refresh token says: which session, and how often that
// session had been rotated when the token was issued. On the wire it is
//
//	rt1.<id, 26 characters of base32>.<generation, decimal>.<MAC, 43 characters of base64url>
//
// Nothing of it is secret to the server and nothing of it is stored, so the
// server can compute the same token again.
type refreshToken struct {
	sessionID  string
	generation int64
}

// refreshTokenForm is strict, so that each token has one spelling: no leading
// zero, no sign, no padding, nothing around it.
var refreshTokenForm = regexp.MustCompile(
	`^rt1\.([A-Z2-7]{26})\.(0|[1-9][0-9]{0,18})\.([A-Za-z0-9_-]{43})$`)

// message is what the MAC covers. It starts with the version, so that a later
// format can't be mistaken for this one.
func (t refreshToken) message() []byte {
	return fmt.Appendf(nil, "rt1\x00%s\x00%d", t.sessionID, t.generation)
}

// seal returns the token as the client gets it.
func (t refreshToken) seal(mac MAC) string {
	tag := base64.RawURLEncoding.EncodeToString(mac.RefreshMAC(t.message()))
	return fmt.Sprintf("rt1.%s.%d.%s", t.sessionID, t.generation, tag)
}

// unseal reads a token that seal wrote. Anything else is ErrInvalid. The error
// does not repeat the token, because errors go to the log.
func unseal(mac MAC, token string) (refreshToken, error) {
	parts := refreshTokenForm.FindStringSubmatch(token)
	if parts == nil {
		return refreshToken{}, fmt.Errorf("%w: not the form of a refresh token", ErrInvalid)
	}
	generation, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil { // above 2⁶³-1
		return refreshToken{}, fmt.Errorf("%w: generation out of range", ErrInvalid)
	}
	// Strict: the last character has two bits to spare, which must be zero.
	tag, err := base64.RawURLEncoding.Strict().DecodeString(parts[3])
	t := refreshToken{parts[1], generation}
	if err != nil || !mac.VerifyRefreshMAC(t.message(), tag) {
		return refreshToken{}, fmt.Errorf("%w: wrong MAC on a refresh token", ErrInvalid)
	}
	return t, nil
}
