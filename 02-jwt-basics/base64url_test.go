package jwtbasics

import (
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestDecodeSegment(t *testing.T) {
	type row struct {
		name    string
		segment string
		want    string
		err     error
		why     string
	}
	rows := []row{
		{name: "text comes back as bytes", segment: "aGVsbG8", want: "hello", why: "this is what a segment is"},
		{name: "the URL alphabet has - and _", segment: "-_-_", want: "\xfb\xff\xbf", why: "RFC 4648 section 5"},
		{name: "an empty segment is no bytes", segment: "", want: "", why: "Split refuses it where it matters"},
		{name: "padding is refused", segment: "aGVsbG8=", err: ErrMalformed,
			why: "RFC 7515 section 2 leaves it out: a token is written in one way only"},
		{name: "the + and / of standard base64 are refused", segment: "+/+/", err: ErrMalformed,
			why: "they mean something else in a URL"},
		{name: "a line feed is refused", segment: "aGVs\nbG8", err: ErrMalformed,
			why: "Go's decoder skips it, so many texts would be one token"},
		{name: "a carriage return is refused", segment: "aGVsbG8\r", err: ErrMalformed,
			why: "Go's decoder skips it, so many texts would be one token"},
		{name: "a space is refused", segment: "aGVs bG8", err: ErrMalformed, why: "it is no base64url"},
		{name: "stray bits after the last byte are refused", segment: "aGVsbG9", err: ErrMalformed,
			why: "they would decode to hello too"},
		{name: "one lone character is refused", segment: "a", err: ErrMalformed, why: "six bits are no byte"},
		{name: "a dot is refused", segment: "aGVs.bG8", err: ErrMalformed, why: "it separates segments"},
		{name: "a letter outside ASCII is refused", segment: "aGVsé", err: ErrMalformed, why: "it is no base64url"},
	}
	exercise.Rows(t, "2.1", rows, func(t *testing.T, row row) {
		got, err := DecodeSegment(row.segment)
		assertError(t, row.err, err, row.why)
		if !t.Failed() { // the wrong verdict says enough
			assert.Equal(t, row.want, string(got), row.why)
		}
		assertQuotesNothing(t, err, row.segment)
	})
}

func FuzzDecodeSegment(f *testing.F) {
	exercise.Needs(f, "2.1")
	for _, seed := range []string{"", "aGVsbG8", "aGVsbG8=", "aGVsbG9", "aGVs\r\nbG8", "-_-_", "+/+/", "a", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, segment string) {
		data, err := DecodeSegment(segment)
		if err != nil {
			assert.ErrorIs(t, err, ErrMalformed)
			return
		}
		assert.Equal(t, segment, EncodeSegment(data), "an accepted segment is the only text for its bytes")
	})
}
