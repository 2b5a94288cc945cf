// Wrong: the old link is removed first, and where there is none yet, the switch
// stops.
//
// Hint: The first switch finds no link to remove. And each later one leaves a
// moment without any: find the one call that replaces a name.
//
// Origin: an honest attempt.
//
// Fails:
//   - TestReplaceLink/a_first_link
//   - TestReplaceLink/what_a_crash_left_of_the_last_switch
//   - TestReplaceLink_leavesNoGap
//   - TestReplaceLink_saysWhichStepFailed/a_folder_has_the_name_of_the_link
//   - TestReplaceLink_saysWhichStepFailed/the_folder_is_gone
//   - TestReplaceLink_thatFailsKeepsTheOldLink
package deploy

import "os"

func replaceLink(target, link string) error {
	if err := os.Remove(link); err != nil {
		return err
	}
	return os.Symlink(target, link)
}
