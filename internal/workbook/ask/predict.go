package ask

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// Ask first, then look: what will this wrong answer do? Nothing is written for these
// questions. The rows that failed in a run are the key.

// The kinds of predictions.
const (
	WhichStatus  = "which status"
	WhichRow     = "which of four rows"
	HowMany      = "how many rows"
	WhichOfYours = "which of your rows"
)

// predicts is what the ID of a prediction has behind the exercise.
const predicts = " predict-"

// Prediction is a question about a wrong answer.
type Prediction struct {
	Question
	Kind string
	Row  gorun.Row // to look at behind the answer
}

// PredictionID is the ID of the question about a wrong answer.
func PredictionID(w course.WrongAnswer) string {
	return w.ID.String() + predicts + strings.TrimPrefix(w.Short(), w.ID.String()+"-")
}

// Predict makes a question of a run of an exercise's tests with a wrong answer. The
// diff is shown to those who have written the exercise; "" for others.
func Predict(in text.Language, w course.WrongAnswer, v gorun.Verdict, diff string) Prediction {
	p := Prediction{Question: Question{ID: PredictionID(w), Exercise: w.ID}, Row: v.Failing[0]}
	intro := in.T("Somebody gets it wrong: %s", w.Wrong)
	if diff != "" {
		intro = in.T("Somebody gets it wrong: %s Here it is beside the reference:\n\n```diff\n%s```", w.Wrong, diff)
	}
	if !p.status(in, v) && !p.fourRows(in, v) {
		p.howMany(in, v)
	}
	p.Text = intro + "\n\n" + p.Text
	return p
}

// statuses are what testify says of two that differ.
var statuses = regexp.MustCompile(`(?m)^\s*expected: (\d{3})\s*\n\s*actual  : (\d{3})\s*$`)

// status asks for the status that is sent in place of the right one, if a row shows
// it. The right one and what else is often sent stand beside it.
func (p *Prediction) status(in text.Language, v gorun.Verdict) bool {
	for _, r := range v.Failing {
		m := statuses.FindStringSubmatch(strings.Join(gorun.Brief(in, r.Output), "\n"))
		if m == nil || !isStatus(m[1]) || !isStatus(m[2]) {
			continue
		}
		p.Kind, p.Row = WhichStatus, r
		p.Text = in.T("Which status is sent in the row `%s` with it?", r.Name)
		p.Choices = append(p.Choices, Choice{Text: m[2], Right: true})
		beside := slices.DeleteFunc(slices.Clone(usual), func(s string) bool { return s == m[1] || s == m[2] })
		for _, s := range append([]string{m[1]}, p.draw(beside, 2)...) {
			p.Choices = append(p.Choices, Choice{Text: s, Because: unsent(in, s == m[1])})
		}
		slices.SortFunc(p.Choices, func(a, b Choice) int { return strings.Compare(a.Text, b.Text) })
		p.Ordered = true
		return true
	}
	return false
}

// unsent says why a status is not what is sent.
func unsent(in text.Language, right bool) string {
	if right {
		return in.T("This is right, and what the row wants. The mistake changes it.")
	}
	return in.T("Neither the row nor the mistake leads to this.")
}

// usual are statuses that nobody is surprised by.
var usual = []string{"200", "201", "204", "400", "401", "403", "404", "409", "413", "429", "500", "503"}

func isStatus(number string) bool { return slices.Contains(usual, number) }

// fourRows asks which of four rows fails, where three stay green.
func (p *Prediction) fourRows(in text.Language, v gorun.Verdict) bool {
	red, green := gorun.Names(v.Failing), greenIn(v)
	if len(green) < 3 {
		return false
	}
	p.Kind, p.Text = WhichRow, in.T("Which of these rows fails with it?")
	right := p.draw(red, 1)[0]
	p.Row = v.Failing[slices.Index(red, right)]
	p.Choices = []Choice{{Text: "`" + right + "`", Right: true}}
	for _, name := range p.draw(green, 3) {
		p.Choices = append(p.Choices, Choice{Text: "`" + name + "`",
			Because: in.T("This row stays green: what it asks is still answered right.")})
	}
	return true
}

func greenIn(v gorun.Verdict) []string {
	red := gorun.Names(v.Failing)
	return slices.DeleteFunc(gorun.Names(v.Rows), func(name string) bool { return slices.Contains(red, name) })
}

// howMany asks how many rows fail.
func (p *Prediction) howMany(in text.Language, v gorun.Verdict) {
	n, all := len(v.Failing), len(v.Rows)
	notOne, notSome, notAll := miscounted(in, v)
	p.Kind, p.Ordered = HowMany, true
	p.Text = in.T("The exercise has %d rows. How many of them fail with it?", all)
	p.Choices = []Choice{
		{Text: in.T("None"), Because: in.T("Each mistake in the workbook fails at least one row.")},
		{Text: in.T("One"), Right: n == 1, Because: notOne},
		{Text: in.T("Some, but not all"), Right: n > 1 && n < all, Because: notSome},
		{Text: in.T("All"), Right: n > 1 && n == all, Because: notAll},
	}
}

// miscounted is why a number of rows is wrong, "" of the right one.
func miscounted(in text.Language, v gorun.Verdict) (notOne, notSome, notAll string) {
	red, green := gorun.Names(v.Failing), greenIn(v)
	if len(red) == 1 {
		only := in.T("Only `%s` fails.", red[0])
		return "", only, only
	}
	notOne = in.T("Not one alone: `%s` fails, and `%s` too.", red[0], red[1])
	if len(green) == 0 {
		return notOne, in.T("No row stays green."), ""
	}
	return notOne, "", in.T("`%s` stays green.", green[0])
}

// draw takes some of several texts, the same each time.
func (p *Prediction) draw(from []string, n int) []string {
	lots := slices.Clone(from)
	slices.SortFunc(lots, func(a, b string) int {
		return strings.Compare(course.Fingerprint(p.ID+a), course.Fingerprint(p.ID+b))
	})
	return lots[:min(n, len(lots))]
}

// Whom asks which of the learner's rows unmasks an impostor first, of a run of a table
// that is green. It is false where there is no row to choose from.
func Whom(in text.Language, v gorun.Verdict, impostor gorun.Row) (Prediction, bool) {
	name, _ := gorun.ImpostorIn(impostor.Name)
	p := Prediction{Question: Question{ID: v.Exercise.ID.String() + predicts + name, Exercise: v.Exercise.ID},
		Kind: WhichOfYours, Row: impostor}
	catches, others := ownRows(v, impostor)
	if len(catches) == 0 || len(catches)+len(others) < 2 {
		return p, false
	}
	p.Text = in.T("The impostor **%s** does what its name says. All else is right.\n\n"+
		"Which of your rows is the first that unmasks it?", name)
	if impostor.Did != "" { // nobody need know English to guess
		p.Text = in.T("The impostor **%s**: %s. All else is right.\n\n"+
			"Which of your rows is the first that unmasks it?", name, strings.TrimRight(impostor.Did, "."))
	}
	p.Choices = []Choice{{Text: strconv.Quote(catches[0]), Right: true}}
	beside := append(p.draw(others, 3), p.draw(catches[1:], 3)...)
	for _, row := range beside[:min(3, len(beside))] {
		p.Choices = append(p.Choices, Choice{Text: strconv.Quote(row),
			Because: in.T("This row takes it for the real one, or comes later.")})
	}
	return p, true
}

// Whoms are the questions about a table, one for each impostor.
func Whoms(in text.Language, v gorun.Verdict) (all []Prediction) {
	for _, impostor := range v.Impostors() {
		if p, ok := Whom(in, v, impostor); ok {
			all = append(all, p)
		}
	}
	return all
}

// ownRows are the learner's rows that are known to unmask an impostor, and the others,
// in the order of the table.
func ownRows(v gorun.Verdict, impostor gorun.Row) (catches, others []string) {
	spaced := func(name string) string { return strings.ReplaceAll(name, "_", " ") }
	for _, r := range v.Rows {
		_, name, isOwn := strings.Cut(r.Name, "/reference/")
		isCatch := func(row string) bool { return spaced(row) == spaced(name) }
		switch {
		case !isOwn:
		case slices.ContainsFunc(impostor.Caught, isCatch):
			catches = append(catches, spaced(name))
		default:
			others = append(others, spaced(name))
		}
	}
	return catches, others
}
