package tokens

import (
	"cmp"
	"slices"
)

// longestUnused returns the ids of the sessions that must end so that no more
// than keep are left: those that nobody has used for longest, the longest
// unused first. A session is used when it is rotated.
//
// Of two that were used last in the same moment the one with the smaller id
// stays, so that two servers end the same one. The list of the caller stays as
// it is. With keep 0 no session is left.
//
//workbook:exercise 3.12 TestLongestUnused(_.*)?|TestHandlers_OpenSession_displacesTheOldest
func longestUnused(sessions []Session, keep int) []string {
	sorted := slices.SortedFunc(slices.Values(sessions), func(a, b Session) int {
		return cmp.Or(a.Rotated.Compare(b.Rotated), cmp.Compare(b.ID, a.ID))
	})
	var ids []string
	for _, s := range sorted[:max(0, len(sorted)-keep)] {
		ids = append(ids, s.ID)
	}
	return ids
}
