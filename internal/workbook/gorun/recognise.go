package gorun

import (
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
)

// Recognise returns the wrong answer whose rows are exactly the failing ones.
// Rows that wait for other exercises say nothing either way. When every other
// row fails, the code is unfinished rather than wrong, unless an answer says what
// each of them shows; and when two answers fit that have different hints, none is
// better than the wrong one.
func Recognise(v Verdict, answers []course.WrongAnswer) (course.WrongAnswer, bool) {
	failing, mine := candidates(v, answers)
	return agreed(slices.DeleteFunc(mine, func(w course.WrongAnswer) bool { return len(w.Fails) < len(failing) }))
}

// recogniseOne returns one of several wrong answers that may be in the code at
// once, where no single one fits, and the rows that no other explains. One with a row
// that no answer with another hint fails goes before the others, then the one
// with the most rows: the more of its rows are red, the less likely that other
// mistakes made all of them so. A row that no answer explains changes nothing:
// a first try often has a mistake that nobody wrote down.
func recogniseOne(v Verdict, answers []course.WrongAnswer) (best course.WrongAnswer, rows []string, ok bool) {
	failing, mine := candidates(v, answers)
	most := 0
	for _, w := range mine {
		if len(w.Fails) == len(failing) {
			return course.WrongAnswer{}, nil, false
		}
		alone := without(w.Fails, rowsOfOthers(w, mine))
		weight := len(w.Fails)
		if len(alone) > 0 {
			weight += len(failing)
		}
		if weight > most {
			best, rows, most = w, alone, weight
		}
	}
	return best, rows, most > 0
}

// rowsOfOthers are the rows of answers with another hint than w's.
func rowsOfOthers(w course.WrongAnswer, all []course.WrongAnswer) (rows []string) {
	for _, u := range all {
		if u.Hint != w.Hint {
			rows = append(rows, u.Fails...)
		}
	}
	return rows
}

// candidates returns the failing rows that count, sorted, and the answers of
// the exercise that fail some of them and no others, and show what they show.
func candidates(v Verdict, answers []course.WrongAnswer) (failing []string, mine []course.WrongAnswer) {
	waiting := Names(slices.DeleteFunc(slices.Clone(v.Failing), func(r Row) bool { return !r.Waits() }))
	failing = without(Names(v.Failing), waiting)
	if v.Status != Fails {
		return nil, nil
	}
	isUnfinished := len(failing) == len(v.Rows)-len(waiting)
	for _, w := range answers {
		w.Fails = without(w.Fails, waiting)
		if isUnfinished && (w.Shows == "" || len(w.Fails) < len(failing)) {
			continue
		}
		if w.ID == v.Exercise.ID && len(w.Fails) > 0 && len(without(w.Fails, failing)) == 0 && isShown(w, v.Failing) {
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

// isShown reports whether each row that a wrong answer fails printed what it
// shows.
func isShown(w course.WrongAnswer, failing []Row) bool {
	return !slices.ContainsFunc(failing, func(r Row) bool {
		return slices.Contains(w.Fails, r.Name) && !strings.Contains(r.Output, w.Shows)
	})
}

// Diagnosis is what the failing rows say about the mistake.
type Diagnosis struct {
	Hint string
	From course.WrongAnswer
	Row  Row // the one that the hint explains
}

// Diagnose returns the hint about the mistake that the failing rows give away. A
// table of the learner's that is wrong about the right server says itself what is
// wrong, and its impostors say nothing before.
func Diagnose(in text.Language, v Verdict, answers []course.WrongAnswer) (Diagnosis, bool) {
	if _, blind := Blind(v); blind || v.WrongAboutTheRight() {
		return Diagnosis{}, false
	}
	if w, ok := Recognise(v, answers); ok {
		_, mine := candidates(v, answers)
		return Diagnosis{w.Hint, w, v.firstOf(without(w.Fails, rowsOfOthers(w, mine)), w)}, true
	}
	w, rows, ok := recogniseOne(v, answers)
	hint := in.T("More than one thing seems to be wrong. Begin with this row. %s", w.Hint)
	return Diagnosis{hint, w, v.firstOf(rows, w)}, ok
}

// firstOf is the first failing row of some, or else of those that a wrong answer
// fails.
func (v Verdict) firstOf(rows []string, w course.WrongAnswer) Row {
	if len(rows) == 0 {
		rows = w.Fails
	}
	i := slices.IndexFunc(v.Failing, func(r Row) bool { return !r.Waits() && slices.Contains(rows, r.Name) })
	if i < 0 {
		return Row{}
	}
	return v.Failing[i]
}

// without returns the sorted words that are not in others.
func without(words, others []string) []string {
	left := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(others, w) })
	slices.Sort(left)
	return left
}
