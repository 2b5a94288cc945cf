package middleware_test

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

// timeRow is one case of ResponseTime: what the handler does, step by step, and
// the header X-Response-Time that the client reads.
type timeRow struct {
	name    string
	handler []step // works(2 * ms), sets("1.000ms"), sends(404), says, crashes
	want    string
}

const ms = time.Millisecond

// responseTimeRows is the table of ResponseTime: a row or more for each of its rules.
//
//workbook:exercise 1.11
var responseTimeRows = []timeRow{
	{"the time until the answer begins, to the microsecond", []step{works(1500 * time.Microsecond), says}, "1.500ms"},
	{"what comes later does not count", []step{works(2 * ms), says, works(time.Hour), says}, "2.000ms"},
	{"a refusal has it too", []step{works(2 * ms), sends(404), says}, "2.000ms"},
	{"an answer without a body has it too", []step{works(2 * ms), sends(204)}, "2.000ms"},
	{"so has one of a handler that says nothing", []step{works(2 * ms)}, "2.000ms"},
	{"so has the answer after a panic", []step{works(2 * ms), crashes}, "2.000ms"},
	{"a value that is there is replaced", []step{sets("1.000ms"), works(2 * ms), says}, "2.000ms"},
}

func TestResponseTimeRows(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.SynctestRows(t, "1.11", responseTimeRows, func(t *testing.T, row timeRow) {
			if got := timeHeader(timeModel(""), row.handler); got != row.want {
				t.Errorf("your row says %q, and the client reads %q: the comment above ResponseTime has the rules", row.want, got)
			}
		})
	})
	exercise.Unmask(t, exercise.SynctestRows, "1.11", responseTimeRows, timeImpostors, timeImpostor.judged)
}

// timeImpostor is a timeModel with one mistake.
type timeImpostor struct{ name, differs, flaw string }

var timeImpostors = []timeImpostor{
	{setsAfterwards, "order", "it sets the header when the handler has answered"},
	{startsTooEarly, "what it measures", "its watch starts with the server, not with the request"},
	{asksTooEarly, "order", "it reads its watch before the handler runs"},
	{countsAll, "what it measures", "it keeps the answer back, and counts what is done after it"},
	{saysSeconds, "units", "it says seconds"},
	{saysWholeMs, "units", "it counts only whole milliseconds"},
	{addsAnother, "headers", "it adds its value to one that is there"},
	{keepsTheOther, "headers", "it leaves a value that is there"},
	{forgetsRefusals, "what it forgets", "it forgets answers of 400 and more"},
	{forgetsNoContent, "what it forgets", "it forgets answers of 204, which have no body"},
	{forgetsSilence, "what it forgets", "it forgets handlers that send nothing"},
	{forgetsPanics, "what it forgets", "it forgets handlers that panic"},
}

// judged is what the table says of the impostor: the first row that holds for the
// model and fails for it.
func (i timeImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	for _, row := range responseTimeRows {
		if timeHeader(timeModel(""), row.handler) == row.want && timeHeader(timeModel(i.name), row.handler) != row.want {
			flaw.Row = row.name
			break
		}
	}
	return flaw
}
