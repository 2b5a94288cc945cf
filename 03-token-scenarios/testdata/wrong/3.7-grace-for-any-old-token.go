// Wrong: the grace asks when the last rotation was and not which token came.
//
// Hint: Within half a minute of a rotation, a token may be one generation old
// or more. A lost response explains only one of these.
//
// Fails:
//   - TestJudge/two_behind_is_a_reuse_even_within_the_grace
package tokens

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
	case sinceRotation <= Grace:
		return nil
	default:
		return ErrReused
	}
}
