// Wrong: the current generation is answered like a lost response, although the
// session did not rotate.
//
// Hint: judge is asked only after the store has refused to rotate. With the
// current generation that is odd: something changed in between. judge.go has an
// error for that.
//
// Fails:
//   - TestJudge/the_current_generation_lost_a_race_with_a_change
package tokens

func judge(generation int64, found Snapshot) error {
	if err := found.alive(); err != nil {
		return err
	}
	sinceRotation := found.Now.Sub(found.Session.Rotated)
	switch behind := found.Session.Generation - generation; {
	case behind < 0:
		return ErrInvalid
	case behind == 0, behind == 1 && sinceRotation <= Grace:
		return nil
	default:
		return ErrReused
	}
}
