// Wrong: a rotation that lies in the future is not in the grace, so setting a
// clock back logs people out.
//
// Hint: One row sets the clock back by an hour. Write down the time since the
// rotation in that row: which sign does it have?
//
// Fails:
//   - TestJudge/one_behind,_and_the_clock_was_set_back
package tokens

func judge(generation int64, found Snapshot) error {
	if err := found.alive(); err != nil {
		return err
	}
	sinceRotation := found.Now.Sub(found.Session.Rotated)
	inGrace := sinceRotation >= 0 && sinceRotation <= Grace
	switch behind := found.Session.Generation - generation; {
	case behind < 0:
		return ErrInvalid
	case behind == 0:
		return errMoved
	case behind == 1 && inGrace:
		return nil
	default:
		return ErrReused
	}
}
