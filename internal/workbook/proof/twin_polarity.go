package proof

import (
	"regexp"
	"strings"
)

// Whether a rule denies is counted, not understood: an odd number of negations in one
// language and an even one in the other is a rule turned round, or a rule for the list
// of exceptions.

// negation is an English word that denies or restricts.
var negation = regexp.MustCompile(
	`(?i)\b(?:not|never|no|nobody|nothing|none|nowhere|neither|nor|without|only|cannot)\b|n't\b`)

func negationsIn(rule string) int {
	return len(negation.FindAllString(span.ReplaceAllString(rule, ""), -1))
}

var (
	// koreanNegation is a stem that denies: 않다, 없다, 아니다, 못하다, -지 말다, 안, and what
	// restricts: 뿐, 밖에.
	koreanNegation = regexp.MustCompile(`않|없|아니|아닌|아닙|아닐|못|지 말|지 마|(?:^| )안 |뿐|밖에`)
	// koreanOnly is the particle 만 at the end of a word, alone or before another
	// particle. 하지만, 지만, 만약, 만료 and 만들다 are none.
	koreanOnly = regexp.MustCompile(`(\S*)만(?:이|을|으로|의)?$`)
)

func koreanNegationsIn(rule string) int {
	rule = strings.ReplaceAll(rule, "잘못", "") // wrong, a mistake: it denies nothing
	count := len(koreanNegation.FindAllString(rule, -1))
	for word := range strings.FieldsSeq(rule) {
		word = strings.TrimRight(word, ".,!?)")
		if m := koreanOnly.FindStringSubmatch(word); m != nil && m[1] != "" && !strings.HasSuffix(m[1], "지") {
			count++
		}
	}
	return count
}
