package course

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// koreanAnswers has what a chapter's wrong answers say, in Korean, a paragraph each:
//
//	1.3-starts-from-nothing of 3f9c21d0
//	Wrong: 가장 안쪽 미들웨어가 핸들러 대신 nil을 감쌉니다.
//	Hint: 핸들러가 실행되지 않습니다.
//
// Behind "of" stands the fingerprint of the English sentence and hint. Where that is
// another by now, English is said.
const koreanAnswers = "testdata/wrong.ko.txt"

// saying is a paragraph of it.
type saying struct{ of, wrong, hint string }

var sayingForm = regexp.MustCompile(`(?m)^(\S+) of (\S+)\nWrong: (.+)\nHint: (.+)$`)

func sayings(page string) map[string]saying {
	all := map[string]saying{}
	for _, m := range sayingForm.FindAllStringSubmatch(page, -1) {
		all[m[1]] = saying{m[2], m[3], m[4]}
	}
	return all
}

// source is the fingerprint of what an answer says in English.
func (w WrongAnswer) source() string { return Fingerprint(w.Wrong + "\n" + w.Hint)[:8] }

// inKorean puts the Korean in the place of what it translates, for Korean readers.
func (ch *Chapter) inKorean(all []WrongAnswer) error {
	if ch.Language != text.Korean {
		return nil
	}
	page, err := readPage(ch.Dir, koreanAnswers)
	said := sayings(page)
	for i, w := range all {
		if s, ok := said[w.Short()]; ok && s.of == w.source() {
			all[i].Wrong, all[i].Hint = s.wrong, s.hint
		}
	}
	return err
}

// KoreanAnswers returns the page of a chapter's wrong answers in Korean with the
// fingerprints of what was translated anew, "of new", and what is wrong with it. differs
// says in what a Korean text differs from an English one. A chapter without the page has
// nothing wrong.
func (ch *Chapter) KoreanAnswers(differs func(english, korean string) []string) (page string, problems []string,
	err error) {
	page, err = readPage(ch.Dir, koreanAnswers)
	if page == "" || err != nil {
		return "", nil, err
	}
	answers, err := ch.englishAnswers()
	if err != nil {
		return "", nil, err
	}
	problems = strays(page)
	said, hints := sayings(page), map[string]string{}
	for _, w := range answers {
		page = strings.Replace(page, w.Short()+" of new\n", w.Short()+" of "+w.source()+"\n", 1)
		s := said[w.Short()]
		delete(said, w.Short())
		for _, what := range w.untrue(s, hints[w.Hint], differs) {
			problems = append(problems, w.Short()+what)
		}
		hints[w.Hint] = s.hint
	}
	for _, name := range slices.Sorted(maps.Keys(said)) {
		problems = append(problems, name+" is no wrong answer")
	}
	return page, inPage(ch.Path(koreanAnswers), problems), nil
}

// strays are paragraphs that are none, or are there already.
func strays(page string) (all []string) {
	met := map[string]bool{}
	for _, m := range sayingForm.FindAllStringSubmatch(page, -1) {
		if met[m[1]] {
			all = append(all, m[1]+" stands twice")
		}
		met[m[1]] = true
	}
	if left := strings.TrimSpace(sayingForm.ReplaceAllString(page, "")); left != "" {
		all = append(all, fmt.Sprintf("%.40q is not NAME of FINGERPRINT, Wrong: and Hint:", left))
	}
	return all
}

// untrue says what is wrong with the Korean of an answer. hint is what the same English
// hint is elsewhere, "" if it is new.
func (w WrongAnswer) untrue(s saying, hint string, differs func(english, korean string) []string) (all []string) {
	switch {
	case s.of == "":
		return []string{" has no Korean"}
	case s.of != w.source():
		return []string{" is out of date: translate it again, then: of new"}
	case hint != "" && hint != s.hint:
		return []string{": the same hint is another elsewhere"}
	}
	for _, what := range slices.Concat(differs(w.Wrong, s.wrong), differs(w.Hint, s.hint)) {
		all = append(all, ": "+what)
	}
	return all
}

// KoreanAnswersFile is where that page is.
func (ch *Chapter) KoreanAnswersFile() string {
	return filepath.Join(ch.Dir, filepath.FromSlash(koreanAnswers))
}

func inPage(path string, problems []string) []string {
	for i := range problems {
		problems[i] = path + ": " + problems[i]
	}
	return problems
}
