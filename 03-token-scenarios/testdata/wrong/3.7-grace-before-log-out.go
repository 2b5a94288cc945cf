// Wrong: the grace is looked at before the session's end, so a log-out leaves
// half a minute for a refresh.
//
// Hint: Three rows begin with one second after the rotation and something
// worse. Does your code come to the worse thing before it decides?
//
// Fails:
//   - TestJudge/and_the_end_of_the_session
//   - TestJudge/log-out_beats_the_grace
//   - TestJudge/so_does_a_disabled_user
package tokens

func judge(generation int64, found Snapshot) error {
	sinceRotation := found.Now.Sub(found.Session.Rotated)
	behind := found.Session.Generation - generation
	if behind == 1 && sinceRotation <= Grace {
		return nil
	}
	if err := found.alive(); err != nil {
		return err
	}
	switch {
	case behind < 0:
		return ErrInvalid
	case behind == 0:
		return errMoved
	default:
		return ErrReused
	}
}
