package tokens

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/exercise"
)

// unusedImpostor is an unusedModel with one mistake.
type unusedImpostor struct {
	name    string
	differs string // in what
	flaw    string
}

// The flaws of an unusedModel.
const (
	endsTheOldest   = "ends-the-oldest"
	endsTheLatest   = "ends-the-last-used"
	believesTheList = "believes-the-list"
	comparesMinutes = "compares-minutes"
	firstOfEquals   = "takes-the-first-of-equals"
	lastOfEquals    = "takes-the-last-of-equals"
	smallerID       = "ends-the-smaller-id"
	endsOne         = "ends-one-at-most"
	endsAll         = "ends-every-one"
	oneMore         = "keeps-one-more"
	oneLess         = "keeps-one-less"
	zeroIsNoLimit   = "takes-zero-for-no-limit"
	latestFirst     = "names-the-last-used-first"
	changesTheList  = "changes-your-list"
	needsTooMany    = "crashes-where-there-is-room"
)

var unusedImpostors = []unusedImpostor{
	{endsTheOldest, "which one goes", "it ended the session that was opened first, though somebody used it a minute ago"},
	{endsTheLatest, "which one goes", "it ended the session that was used last, so the device in your hand was logged out"},
	{believesTheList, "which one goes", "it ended those that stood first in the list, whatever their times"},
	{comparesMinutes, "times", "it compared minutes, and two uses within one minute were equal"},
	{firstOfEquals, "equal times", "of two with one time it ended the one that stood first in the list"},
	{lastOfEquals, "equal times", "of two with one time it ended the one that stood last in the list"},
	{smallerID, "equal times", "of two with one time it ended the one with the smaller id"},
	{endsOne, "how many go", "it ended one session where two were too many"},
	{endsAll, "how many go", "it ended every session as soon as one was too many"},
	{oneMore, "how many go", "it left one session more than may stay"},
	{oneLess, "how many go", "it ended one session more than it had to"},
	{zeroIsNoLimit, "how many go", "it took keep 0 for \"no limit\", and ended nothing"},
	{latestFirst, "the order of the answer", "it named the longest unused session last"},
	{changesTheList, "the list it gets", "it sorted the list of its caller"},
	{needsTooMany, "how many go", "it crashed where fewer sessions were there than may stay"},
}

// unusedModel is longestUnused, written another way, with one flaw or none: while
// too many are left, it takes out the one that must go first.
func unusedModel(flaw string) func(sessions []Session, keep int) []string {
	return func(sessions []Session, keep int) (ids []string) {
		if flaw == changesTheList {
			slices.SortFunc(sessions, func(a, b Session) int {
				return cmp.Or(a.Rotated.Compare(b.Rotated), cmp.Compare(b.ID, a.ID))
			})
		}
		left := slices.Clone(sessions)
		for keep = keepOf(flaw, len(left), keep); len(left) > keep; {
			first := 0
			for i := range left {
				if goesBefore(flaw, left[i], left[first]) {
					first = i
				}
			}
			ids = append(ids, left[first].ID)
			left = slices.Delete(left, first, first+1)
			if flaw == endsOne {
				break
			}
		}
		if flaw == latestFirst {
			slices.Reverse(ids)
		}
		return ids
	}
}

// keepOf is how many sessions may stay, in the eyes of a model.
func keepOf(flaw string, have, keep int) int {
	switch {
	case flaw == oneMore:
		return keep + 1
	case flaw == oneLess:
		return max(0, keep-1)
	case flaw == endsAll && have > keep:
		return 0
	case flaw == zeroIsNoLimit && keep == 0:
		return have
	case flaw == needsTooMany && have < keep:
		panic("slice bounds out of range")
	}
	return keep
}

// goesBefore reports whether a session ends before another that stood before it in
// the list.
func goesBefore(flaw string, s, other Session) bool {
	a, b := s.Rotated, other.Rotated
	switch flaw {
	case believesTheList:
		return false
	case endsTheOldest:
		a, b = s.Created, other.Created
	case endsTheLatest:
		a, b = b, a
	case comparesMinutes:
		a, b = a.Truncate(time.Minute), b.Truncate(time.Minute)
	}
	if !a.Equal(b) {
		return a.Before(b)
	}
	switch flaw {
	case firstOfEquals:
		return false
	case lastOfEquals:
		return true
	case smallerID:
		return s.ID < other.ID
	}
	return s.ID > other.ID
}

// answers is what a function makes of a row, in words.
func answers(f func([]Session, int) []string, row unusedRow) (words string) {
	sessions := slices.Clone(row.sessions)
	if panicked := exercise.PanicOf(func() { words = inWords(f(sessions, row.keep)) }); panicked != "" {
		return "a panic"
	}
	if !slices.Equal(sessions, row.sessions) {
		return fmt.Sprintf("%s, and changes the list", words)
	}
	return words
}

func inWords(ids []string) string { return cmp.Or(strings.Join(ids, " then "), "none") }

func (r unusedRow) expected() string { return inWords(r.want) }

// slip is what is wrong with the words of a row, whatever it expects.
func (r unusedRow) slip() string {
	seen := map[string]bool{}
	for _, s := range r.sessions {
		switch {
		case seen[s.ID]:
			return fmt.Sprintf("two sessions are called %q", s.ID)
		case s.Rotated.Before(s.Created):
			return fmt.Sprintf("%q was used before it was opened", s.ID)
		}
		seen[s.ID] = true
	}
	if r.keep < 0 {
		return "fewer than no session can't stay"
	}
	return ""
}

// judged is what the table says of the impostor: the first row that holds for the
// model and fails for it.
func (i unusedImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	for _, row := range unusedRows {
		right := row.slip() == "" && answers(unusedModel(""), row) == row.expected()
		if right && answers(unusedModel(i.name), row) != row.expected() {
			flaw.Row = row.name
			break
		}
	}
	return flaw
}
