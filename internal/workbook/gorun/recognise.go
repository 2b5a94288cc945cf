package gorun

import (
	"slices"

	"example.com/authbook/internal/workbook/course"
)

// Recognise returns the wrong answer whose rows are exactly the failing ones.
// Rows that wait for other exercises say nothing either way. When every other
// row fails, the code is unfinished rather than wrong; and when two answers
// fit that have different hints, none is better than the wrong one.
func Recognise(v Verdict, answers []course.WrongAnswer) (course.WrongAnswer, bool) {
	failing, mine := candidates(v, answers)
	return agreed(slices.DeleteFunc(mine, func(w course.WrongAnswer) bool { return len(w.Fails) < len(failing) }))
}

// recogniseOne returns one of several wrong answers whose rows together are
// exactly the failing ones, where no single answer fits. It is one that no
// other way to explain all rows could do without: some row fails through it
// alone. Of several such the one with the most rows is returned.
func recogniseOne(v Verdict, answers []course.WrongAnswer) (course.WrongAnswer, bool) {
	failing, mine := candidates(v, answers)
	var needed []course.WrongAnswer
	var explained []string
	for _, w := range mine {
		if len(w.Fails) == len(failing) {
			return course.WrongAnswer{}, false
		}
		var others []string
		for _, u := range mine {
			if u.Hint != w.Hint {
				others = append(others, u.Fails...)
			}
		}
		if len(without(w.Fails, others)) > 0 {
			needed = append(needed, w)
		}
		explained = append(explained, w.Fails...)
	}
	if len(needed) == 0 || len(without(failing, explained)) > 0 {
		return course.WrongAnswer{}, false
	}
	return slices.MaxFunc(needed, func(a, b course.WrongAnswer) int { return len(a.Fails) - len(b.Fails) }), true
}

// candidates returns the failing rows that count, sorted, and the answers of
// the exercise that fail some of them and no others.
func candidates(v Verdict, answers []course.WrongAnswer) (failing []string, mine []course.WrongAnswer) {
	waiting := Names(slices.DeleteFunc(slices.Clone(v.Failing), func(r Row) bool { return !r.Waits() }))
	failing = without(Names(v.Failing), waiting)
	if v.Status != Fails || len(failing) == len(v.Rows)-len(waiting) {
		return nil, nil
	}
	for _, w := range answers {
		w.Fails = without(w.Fails, waiting)
		if w.ID == v.Exercise.ID && len(w.Fails) > 0 && len(without(w.Fails, failing)) == 0 {
			mine = append(mine, w)
		}
	}
	return failing, mine
}

// agreed returns the first of some answers that give the same hint.
func agreed(all []course.WrongAnswer) (course.WrongAnswer, bool) {
	if len(all) == 0 || slices.ContainsFunc(all, func(w course.WrongAnswer) bool { return w.Hint != all[0].Hint }) {
		return course.WrongAnswer{}, false
	}
	return all[0], true
}

// HintFor is what the learner reads about the mistake that the failing rows
// give away, and the answer that it comes from.
func HintFor(v Verdict, answers []course.WrongAnswer) (hint string, from course.WrongAnswer, ok bool) {
	if _, blind := Blind(v); blind {
		return "", from, false
	}
	if w, ok := Recognise(v, answers); ok {
		return w.Hint, w, true
	}
	w, ok := recogniseOne(v, answers)
	return "More than one thing seems to be wrong. One of them: " + w.Hint, w, ok
}

// without returns the sorted words that are not in others.
func without(words, others []string) []string {
	left := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(others, w) })
	slices.Sort(left)
	return left
}
