package jwtbasics

import "strings"

// isAccessType reports whether a typ says "this is an access token". That is the
// media type application/at+jwt, and it may be written without "application/"
// (RFC 9068 section 4). Large and small letters are the same (RFC 2045 section
// 5.1). Everything else is another type, an absent typ included: a token that was
// made for another use must not pass (RFC 8725 section 3.11).
//
//workbook:exercise 2.13 TestIsAccessType(_.*)?
func isAccessType(typ string) bool {
	return strings.EqualFold(typ, "at+jwt") || strings.EqualFold(typ, "application/at+jwt")
}
