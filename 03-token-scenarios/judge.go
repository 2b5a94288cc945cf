package tokens

import (
	"errors"
	"time"
)

// Grace is how long after a rotation the token before it still gets its
// successor. It covers a lost response, a crash and two tabs.
const Grace = 30 * time.Second

// ErrReused says that a refresh token came back after its successor was in
// use: two parties hold it, and one of them stole it (RFC 9700 section
// 4.14.2).
var ErrReused = errors.New("tokens: refresh token reused")

// errMoved says that the session changed while it was read. The client may try
// again.
var errMoved = errors.New("tokens: the session changed meanwhile")

// judge decides on a genuine refresh token whose session did not rotate. Nil
// means: answer with the successor that exists. ErrReused means: end the
// session.
//
// A clock that was set back makes the time since the rotation negative; that
// counts as within the grace. A generation above the stored one comes from
// before a restored backup: the token is of no use, but nobody stole it.
//
//workbook:exercise 3.7 TestJudge
func judge(generation int64, found Snapshot) error {
	if err := found.alive(); err != nil {
		return err
	}
	sinceRotation := found.Now.Sub(found.Session.Rotated)
	switch behind := found.Session.Generation - generation; {
	case behind < 0:
		return ErrInvalid
	case behind == 0:
		return errMoved
	case behind == 1 && sinceRotation <= Grace:
		return nil
	default:
		return ErrReused
	}
}
