// Wrong: the old link is removed before there is a new one: a start in between
// finds nothing.
//
// Hint: Two calls have a moment between them. rename(2) has none.
//
// Fails:
//   - TestReplaceLink/what_a_crash_left_of_the_last_switch
//   - TestReplaceLink_leavesNoGap
//   - TestReplaceLink_thatFailsKeepsTheOldLink
package deploy

import (
	"errors"
	"os"
	"path/filepath"
)

func replaceLink(target, link string) error {
	if err := os.Remove(link); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := os.Symlink(target, link); err != nil {
		return err
	}
	return syncDir(filepath.Dir(link))
}
