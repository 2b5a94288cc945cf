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
//   - TestReplaceLink_saysWhichStepFailed/a_folder_has_the_name_of_the_link
//   - TestReplaceLink_saysWhichStepFailed/the_temporary_name_is_taken_for_good
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
