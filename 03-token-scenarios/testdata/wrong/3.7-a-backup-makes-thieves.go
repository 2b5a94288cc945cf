// Wrong: a generation above the stored one counts as reuse, so a restored
// backup ends honest people's sessions.
//
// Hint: After a restore the server is behind its clients. Their tokens are of
// no use to it, but has anybody used one twice?
//
// Fails:
//   - TestJudge/a_generation_of_the_future_comes_from_before_a_restored_backup
//   - TestJudge/so_does_the_highest_there_is
package tokens

func judge(generation int64, found Snapshot) error {
	if err := found.alive(); err != nil {
		return err
	}
	sinceRotation := found.Now.Sub(found.Session.Rotated)
	switch behind := found.Session.Generation - generation; {
	case behind == 0:
		return errMoved
	case behind == 1 && sinceRotation <= Grace:
		return nil
	default:
		return ErrReused
	}
}
