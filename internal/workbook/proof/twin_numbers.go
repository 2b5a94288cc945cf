package proof

import (
	"regexp"
	"slices"
	"strings"
)

// Numbers are digits in one language and a word in the other: "three" is 3 or 세.

// demanded are English words that the twin says too, as a word or in digits.
var demanded = map[string]string{
	"two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
	"eleven": "11", "twelve": "12", "twice": "2", "thirteen": "13", "fourteen": "14", "fifteen": "15",
	"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}

// allowed are English words for which Korean may have a digit.
var allowed = map[string]string{
	"one": "1", "once": "1", "a": "1", "an": "1", "the": "1", "first": "1", "second": "2", "third": "3", "fourth": "4",
	"fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "both": "2", "half": "2",
	"minute": "30", "quarter": "15", // half a minute, a quarter of an hour
	"zero": "0", "zeros": "0", "no": "0", "nothing": "0",
	"sixteenth": "16", "hex": "16", "hundred": "100", "thousand": "1000",
}

// koreanNumbers are Korean words for numbers, alone or with what follows them in a word. 둘러 and
// 둘레 are none, and what stands before 만 may be a number of its own.
var koreanNumbers = []struct {
	digits string
	word   *regexp.Regexp
}{
	{"2", regexp.MustCompile(`^(?:두|둘|둘[^러레].*|두세|한두|이틀.*|양쪽.*)$`)},
	{"3", regexp.MustCompile(`^(?:세|셋.*|두세|사흘.*)$`)},
	{"4", regexp.MustCompile(`^(?:네|넷.*|나흘.*)$`)},
	{"5", regexp.MustCompile(`^(?:다섯.*|닷새.*)$`)},
	{"6", regexp.MustCompile(`^여섯`)}, {"7", regexp.MustCompile(`^일곱`)}, {"8", regexp.MustCompile(`^여덟`)},
	{"9", regexp.MustCompile(`^아홉`)}, {"10", regexp.MustCompile(`^(?:열|열이|열흘.*|만|천만)$`)},
	{"11", regexp.MustCompile(`^열(?:한|하나)`)}, {"12", regexp.MustCompile(`^열[두둘]`)}, {"13", regexp.MustCompile(`^열[세셋]`)},
	{"15", regexp.MustCompile(`^열다섯`)}, {"20", regexp.MustCompile(`^스무`)}, {"30", regexp.MustCompile(`^서른`)},
	{"40", regexp.MustCompile(`^마흔`)}, {"50", regexp.MustCompile(`^쉰`)},
}

// digitsIn are the numbers in digits, outside of code.
func digitsIn(text string) []string {
	var all []string
	for _, n := range digits.FindAllString(startsItem.ReplaceAllString(withoutCode(text), ""), -1) {
		all = append(all, strings.ReplaceAll(n, ",", ""))
	}
	return all
}

func withoutCode(text string) string {
	return target.ReplaceAllString(span.ReplaceAllString(text, ""), "](")
}

// wordsIn are the numbers that English words say.
func wordsIn(text string, meaning map[string]string) (all []string) {
	isNone := func(r rune) bool { return r < 'a' || r > 'z' }
	for word := range strings.FieldsFuncSeq(strings.ToLower(withoutCode(text)), isNone) {
		if n, ok := meaning[word]; ok {
			all = append(all, n)
		}
	}
	return all
}

// koreanWordsIn are the numbers that Korean words say.
func koreanWordsIn(text string) (all []string) {
	isNone := func(r rune) bool { return r < '가' || r > '힣' }
	for word := range strings.FieldsFuncSeq(withoutCode(text), isNone) {
		for _, k := range koreanNumbers {
			if k.word.MatchString(word) {
				all = append(all, k.digits)
			}
		}
	}
	return all
}

// numbersMissing are those that only English has.
func numbersMissing(english, korean string) []string {
	said := slices.Concat(digitsIn(korean), koreanWordsIn(korean), wordsIn(korean, demanded))
	return append(lacks("number is missing", digitsIn(english), digitsIn(korean)),
		lacks("number is missing", once(wordsIn(english, demanded)), said)...)
}

// numbersAdded are those that only Korean has. Of its words 3 to 9 count: the others have
// other meanings, as 열 for a column.
func numbersAdded(english, korean string) []string {
	words := slices.DeleteFunc(koreanWordsIn(korean), func(n string) bool { return len(n) > 1 || n < "3" })
	known := slices.Concat(digitsIn(english), wordsIn(english, demanded), wordsIn(english, allowed))
	return lacks("number is not in English", once(append(words, digitsIn(korean)...)), known)
}

// once are texts without those that come again.
func once(all []string) []string { return slices.Compact(slices.Sorted(slices.Values(all))) }
