package jwtbasics

import "time"

// checkTimes compares the three dates with now (RFC 7519 sections 4.1.4 to
// 4.1.6), each with [Leeway] in the token's favour. At the second of exp
// itself, plus the leeway, the token has expired: exp is the first moment at
// which it is no longer valid. nbf and iat come first, so that ErrExpired says
// that nothing else is wrong. The other error is ErrNotYetValid.
//
//workbook:exercise 2.8 TestCheckTimes
func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore.Add(-Leeway)) || now.Before(c.IssuedAt.Add(-Leeway)) {
		return ErrNotYetValid
	}
	if !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
