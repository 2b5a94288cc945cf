package jwtbasics

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// eachMember reads a flat JSON object in one pass and shows each member to
// visit, in order. It stops at the first error and returns it.
//
// It reads a small part of JSON (RFC 8259), on purpose. Values are strings and
// whole numbers, all that a header or a set of claims needs here. A string
// with an escape is refused, for "\u0065xp" and "exp" are one name to one
// parser and two to another. So are a name that comes twice, of which
// encoding/json keeps the last and others the first, and bytes that are not
// UTF-8, which encoding/json replaces. Every JSON parser reads the rest in the
// same way. The error is ErrMalformed or that of visit.
func eachMember(text string, visit func(name string, v value) error) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%w: not UTF-8", ErrMalformed)
	}
	s := scanner{rest: text}
	if !s.take('{') {
		return fmt.Errorf("%w: not a JSON object", ErrMalformed)
	}
	if !s.take('}') {
		if err := s.members(visit); err != nil {
			return err
		}
	}
	if s.skipSpace(); s.rest != "" {
		return fmt.Errorf("%w: text after the JSON object", ErrMalformed)
	}
	return nil
}

// value is one member's value: the text of a string, or the digits of a
// number.
type value struct {
	text   string
	quoted bool
}

// stringInto stores the value if it is a string.
func (v value) stringInto(target *string) error {
	if !v.quoted {
		return fmt.Errorf("%w: a number where a string belongs", ErrMalformed)
	}
	*target = v.text
	return nil
}

// maxDate is the last second of the year 9999, which every clock and format
// can say.
const maxDate = 253402300799

// dateInto stores the value if it is a NumericDate (RFC 7519 section 2), in
// whole seconds. RFC 7519 allows fractions; we write none and accept none.
func (v value) dateInto(target *time.Time) error {
	seconds, err := strconv.ParseInt(v.text, 10, 64)
	if v.quoted || err != nil || seconds > maxDate {
		return fmt.Errorf("%w: a date is not a whole number of seconds", ErrMalformed)
	}
	*target = time.Unix(seconds, 0).UTC()
	return nil
}

// scanner reads tokens of JSON from the front of rest.
type scanner struct{ rest string }

// members reads what is between the braces, and the closing one.
func (s *scanner) members(visit func(name string, v value) error) error {
	var seen [8]string // more names than any caller knows; more still go to the heap
	names := seen[:0]
	for {
		name, v, err := s.member()
		if err != nil {
			return err
		}
		if slices.Contains(names, name) {
			return fmt.Errorf("%w: a member comes twice", ErrMalformed)
		}
		names = append(names, name)
		if err := visit(name, v); err != nil {
			return err
		}
		if s.take('}') {
			return nil
		}
		if !s.take(',') {
			return fmt.Errorf("%w: no comma between members", ErrMalformed)
		}
	}
}

// member reads "name": value.
func (s *scanner) member() (name string, v value, err error) {
	if name, err = s.str(); err != nil {
		return "", value{}, err
	}
	if !s.take(':') {
		return "", value{}, fmt.Errorf("%w: no colon after a name", ErrMalformed)
	}
	v, err = s.value()
	return name, v, err
}

func (s *scanner) value() (value, error) {
	if s.skipSpace(); strings.HasPrefix(s.rest, `"`) {
		text, err := s.str()
		return value{text: text, quoted: true}, err
	}
	return s.integer()
}

// str reads a string without escapes. Control characters are not allowed in a
// JSON string (RFC 8259 section 7).
func (s *scanner) str() (string, error) {
	if !s.take('"') {
		return "", fmt.Errorf("%w: no string where one belongs", ErrMalformed)
	}
	end := strings.IndexFunc(s.rest, needsEscape)
	if end < 0 || s.rest[end] != '"' {
		return "", fmt.Errorf("%w: an escape, a control character or no end in a string", ErrMalformed)
	}
	text := s.rest[:end]
	s.rest = s.rest[end+1:]
	return text, nil
}

// needsEscape reports whether r can't be in a JSON string as itself.
func needsEscape(r rune) bool { return r < ' ' || r == '"' || r == '\\' }

// integer reads digits without a leading zero.
func (s *scanner) integer() (value, error) {
	end := len(s.rest) - len(strings.TrimLeft(s.rest, "0123456789"))
	digits := s.rest[:end]
	if digits == "" || digits[0] == '0' && digits != "0" {
		return value{}, fmt.Errorf("%w: a value is neither a string nor a whole number", ErrMalformed)
	}
	s.rest = s.rest[end:]
	return value{text: digits}, nil
}

// take skips white space and then one c, if it is there.
func (s *scanner) take(c byte) bool {
	s.skipSpace()
	if s.rest == "" || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// skipSpace skips the white space of JSON (RFC 8259 section 2).
func (s *scanner) skipSpace() {
	if s.rest != "" && s.rest[0] <= ' ' { // our own tokens have none
		s.rest = strings.TrimLeft(s.rest, " \t\r\n")
	}
}
