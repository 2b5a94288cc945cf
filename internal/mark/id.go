package mark

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
)

// ID is the number of an exercise: 1.3 is the third of chapter 1.
type ID struct{ Chapter, Number int }

// String is the number as a mark has it, "1.3".
func (i ID) String() string { return fmt.Sprintf("%d.%d", i.Chapter, i.Number) }

// Compare orders the exercises as the course does: 1.9 before 1.10 before 2.1.
func (i ID) Compare(other ID) int {
	return cmp.Or(cmp.Compare(i.Chapter, other.Chapter), cmp.Compare(i.Number, other.Number))
}

var idForm = regexp.MustCompile(`^([1-9]\d{0,3})\.([1-9]\d{0,3})$`)

// ParseID reads "1.3". A zero in front would give one exercise two names.
func ParseID(text string) (ID, bool) {
	m := idForm.FindStringSubmatch(text)
	if m == nil {
		return ID{}, false
	}
	chapter, _ := strconv.Atoi(m[1]) // at most four digits
	number, _ := strconv.Atoi(m[2])
	return ID{chapter, number}, true
}
