package review

import (
	"errors"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
)

func TestLikely(t *testing.T) {
	e, other := anExercise(1, 10), anExercise(2, 30)
	answers := []course.WrongAnswer{
		{ID: e.ID, Wrong: "fails a and b", Fails: []string{"TestF/a", "TestF/b"}},
		{ID: e.ID, Wrong: "fails c", Fails: []string{"TestF/c"}},
		{ID: other.ID, Wrong: "of another", Fails: []string{"TestF/a"}},
		{ID: e.ID, Wrong: "broken", Fails: []string{"TestF/a"}, Broken: errors.New("no")},
	}
	all := []gorun.Row{{Name: "TestF/a"}, {Name: "TestF/b"}, {Name: "TestF/c"}, {Name: "TestF/d"}}
	rows := []struct {
		name    string
		status  gorun.Status
		failing []string
		want    []string
	}{
		{"a row in common", gorun.Fails, []string{"TestF/a", "TestF/d"}, []string{"fails a and b"}},
		{"two mistakes at once", gorun.Fails, []string{"TestF/a", "TestF/c"}, []string{"fails a and b", "fails c"}},
		{"a mistake that is known", gorun.Fails, []string{"TestF/c"}, nil},
		{"what is green has none of them", gorun.Passes, nil, nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			v := gorun.Verdict{Exercise: e, Status: row.status, Rows: all}
			for _, name := range row.failing {
				v.Failing = append(v.Failing, gorun.Row{Name: name, Failed: 1})
			}
			var got []string
			for _, w := range (reviewed{answers: answers}).likely(v) {
				got = append(got, w.Wrong)
			}
			assert.Equal(t, row.want, got)
		})
	}
}
