// Wrong: a link that is there already is not replaced.
//
// Hint: Symlink fails where the name is taken. Which call replaces a name in
// one step?
//
// Fails:
//   - TestReplaceLink/a_link_to_nothing
//   - TestReplaceLink/a_link_to_something_else
//   - TestReplaceLink/a_link_to_the_same
//   - TestReplaceLink/what_a_crash_left_of_the_last_switch
//   - TestReplaceLink_leavesNoGap
package deploy

import (
	"os"
	"path/filepath"
)

func replaceLink(target, link string) error {
	if err := os.Symlink(target, link); err != nil {
		return err
	}
	return syncDir(filepath.Dir(link))
}
