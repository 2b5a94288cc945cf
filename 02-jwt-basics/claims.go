package jwtbasics

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Claims are what a token says (RFC 7519 section 4.1), all required but
// NotBefore. On the wire they are one flat JSON object.
type Claims struct {
	Issuer    string    // iss: who signed it
	Audience  string    // aud: who it is for; a single string on the wire
	Subject   string    // sub: the user's id
	SessionID string    // sid: the log-in it belongs to
	TokenID   string    // jti: its own id
	IssuedAt  time.Time // iat, in whole seconds
	NotBefore time.Time // nbf, in whole seconds; zero means absent
	ExpiresAt time.Time // exp, in whole seconds
}

// maxTextBytes bounds the strings of a token together, so that with its
// header and signature it stays below [MaxTokenBytes].
const maxTextBytes = 2048

// appendJSON writes the claims after dst, in a fixed order. No string needs an
// escape; checkWritable has seen to that.
func (c Claims) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"iss":"`+c.Issuer+`","aud":"`+c.Audience+`","sub":"`+c.Subject...)
	dst = append(dst, `","sid":"`+c.SessionID+`","jti":"`+c.TokenID+`","iat":`...)
	dst = strconv.AppendInt(dst, c.IssuedAt.Unix(), 10)
	if !c.NotBefore.IsZero() {
		dst = append(dst, `,"nbf":`...)
		dst = strconv.AppendInt(dst, c.NotBefore.Unix(), 10)
	}
	dst = append(dst, `,"exp":`...)
	dst = strconv.AppendInt(dst, c.ExpiresAt.Unix(), 10)
	return append(dst, '}')
}

// parseClaims reads what appendJSON writes, in any order. A member it doesn't
// know is refused: this server accepts only what it signs. So a new claim
// takes two releases, first one that reads it and then one that writes it. The
// error is ErrMalformed or ErrClaims.
func parseClaims(payload []byte) (Claims, error) {
	var c Claims
	if err := eachMember(string(payload), c.set); err != nil {
		return Claims{}, err
	}
	if err := c.checkComplete(); err != nil {
		return Claims{}, err
	}
	return c, nil
}

// set stores one member. Names are exact: EXP is not exp.
func (c *Claims) set(name string, v value) error {
	switch name {
	case "iss":
		return v.stringInto(&c.Issuer)
	case "aud":
		return v.stringInto(&c.Audience)
	case "sub":
		return v.stringInto(&c.Subject)
	case "sid":
		return v.stringInto(&c.SessionID)
	case "jti":
		return v.stringInto(&c.TokenID)
	case "iat":
		return v.dateInto(&c.IssuedAt)
	case "nbf":
		return v.dateInto(&c.NotBefore)
	case "exp":
		return v.dateInto(&c.ExpiresAt)
	}
	return fmt.Errorf("%w: an unknown claim", ErrClaims)
}

// checkComplete returns ErrClaims if a required claim is missing or empty.
func (c Claims) checkComplete() error {
	switch {
	case c.Issuer == "":
		return missing("iss")
	case c.Audience == "":
		return missing("aud")
	case c.ExpiresAt.IsZero():
		return missing("exp")
	}
	return c.checkIdentity()
}

// checkIdentity is the part of checkComplete that golang-jwt has no option
// for.
func (c Claims) checkIdentity() error {
	switch {
	case c.Subject == "":
		return missing("sub")
	case c.SessionID == "":
		return missing("sid")
	case c.TokenID == "":
		return missing("jti")
	case c.IssuedAt.IsZero():
		return missing("iat")
	}
	return nil
}

func missing(name string) error {
	return fmt.Errorf("%w: %s is missing", ErrClaims, name)
}

// checkWritable returns ErrClaims for claims that no verifier would accept, so
// that the mistake shows where it is made.
func (c Claims) checkWritable() error {
	if err := c.checkComplete(); err != nil {
		return err
	}
	text := c.Issuer + c.Audience + c.Subject + c.SessionID + c.TokenID
	if len(text) > maxTextBytes {
		return fmt.Errorf("%w: values of more than %d bytes together", ErrClaims, maxTextBytes)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, needsEscape) {
		return fmt.Errorf("%w: a value with a quote, backslash, control character or invalid UTF-8", ErrClaims)
	}
	for _, date := range []time.Time{c.IssuedAt, c.NotBefore, c.ExpiresAt} {
		if !date.IsZero() && (date.Unix() < 0 || date.Unix() > maxDate) {
			return fmt.Errorf("%w: a date before 1970 or after 9999", ErrClaims)
		}
	}
	return nil
}
