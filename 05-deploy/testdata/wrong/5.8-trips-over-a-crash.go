// Wrong: what a crash left under the temporary name makes every later switch
// fail.
//
// Hint: The power goes between Symlink and Rename. What does the next call
// find?
//
// Fails:
//   - TestReplaceLink/what_a_crash_left_of_the_last_switch
package deploy

import (
	"os"
	"path/filepath"
)

func replaceLink(target, link string) error {
	temporary := link + ".new"
	if err := os.Symlink(target, temporary); err != nil {
		return err
	}
	if err := os.Rename(temporary, link); err != nil {
		_ = os.Remove(temporary)
		return err
	}
	return syncDir(filepath.Dir(link))
}
