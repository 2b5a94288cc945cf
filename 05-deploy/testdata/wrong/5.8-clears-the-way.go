// Wrong: whatever stands under the temporary name is removed, a whole folder
// too.
//
// Hint: A link is removed with Remove. RemoveAll asks no questions: what if the
// name is wrong?
//
// Fails:
//   - TestReplaceLink_thatFailsKeepsTheOldLink
package deploy

import (
	"os"
	"path/filepath"
)

func replaceLink(target, link string) error {
	temporary := link + ".new"
	if err := os.RemoveAll(temporary); err != nil {
		return err
	}
	if err := os.Symlink(target, temporary); err != nil {
		return err
	}
	if err := os.Rename(temporary, link); err != nil {
		_ = os.Remove(temporary)
		return err
	}
	return syncDir(filepath.Dir(link))
}
