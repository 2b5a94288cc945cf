package deploy

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
)

// howLongRow is one case of HowLong: a time such as "1h59m59s", and its words.
type howLongRow struct {
	name, lasted, want string
}

// howLongRows is the table of HowLong: a row or more for each of its rules.
//
//workbook:exercise 5.12
var howLongRows = []howLongRow{
	{"a second that is not full does not count", "119.9s", "119 seconds"},
	{"two minutes are minutes", "2m", "2 minutes"},
	{"a minute before two hours", "1h59m", "119 minutes"},
	{"two hours are hours", "2h", "2 hours"},
	{"an hour before two days", "47h", "47 hours"},
	{"two days are days", "48h", "2 days"},
	{"weeks stay days", "384h", "16 days"},
	{"one has no s", "1s", "1 second"},
	{"nothing is a number too", "0s", "0 seconds"},
	{"a clock that is late", "-5s", "0 seconds"},
}

func TestHowLongRows(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, "5.12", howLongRows, func(t *testing.T, row howLongRow) {
			if slip := row.slip(); slip != "" {
				t.Fatal(slip)
			}
			if got := howLongModel("", row.duration()); got != row.want {
				t.Errorf("your row says %q, and a right HowLong says %q: the comment above HowLong has the rules", row.want, got)
			}
		})
	})
	exercise.Unmask(t, exercise.Rows, "5.12", howLongRows, howLongImpostors, howLongImpostor.judged)
}

// duration is how long it lasted; zero where the text is none, see slip.
func (r howLongRow) duration() time.Duration {
	d, _ := time.ParseDuration(r.lasted)
	return d
}

// slip is what is wrong with the words of a row, whatever it expects.
func (r howLongRow) slip() string {
	if _, err := time.ParseDuration(r.lasted); err != nil {
		return `write the time as Go does, such as "90s", "1h30m" or "-5s"; it knows no days`
	}
	return ""
}

// judged is what the table says of the impostor: the first row that holds for the
// model and fails for it.
func (i howLongImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	for _, row := range howLongRows {
		right := row.slip() == "" && howLongModel("", row.duration()) == row.want
		if right && howLongModel(i.name, row.duration()) != row.want {
			flaw.Row = row.name
			break
		}
	}
	return flaw
}
