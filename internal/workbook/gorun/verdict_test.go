package gorun

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestJudge(t *testing.T) {
	p, err := mark.ParsePattern("TestA")
	assert.NoError(t, err)
	todoRow := Row{Name: "TestA/x", Failed: 1, Output: "    rows.go:1: TODO 1.2 F — 01-x/f.go:3\n"}
	badRow := Row{Name: "TestA/y", Failed: 1, Output: "    a_test.go:1: bad\n"}
	goodRow := Row{Name: "TestA/z", Passed: 1}
	tests := []struct {
		name  string
		blank bool
		rows  []Row
		want  Status
	}{
		{"a blank is to do, whatever its rows say", true, []Row{goodRow}, Blank},
		{"no row is not green", false, nil, Untested},
		{"a row of another exercise does not count", false, []Row{{Name: "TestB", Passed: 1}}, Untested},
		{"all rows pass", false, []Row{goodRow}, Passes},
		{"a row fails", false, []Row{goodRow, badRow}, Fails},
		{"rows wait for a blank", false, []Row{goodRow, todoRow}, Waits},
		{"a failing row outweighs one that waits", false, []Row{badRow, todoRow}, Fails},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Judge([]mark.Exercise{{ID: mark.ID{Chapter: 1, Number: 1}, Tests: p, Blank: tt.blank}},
				Outcome{Rows: tt.rows})
			assert.Equal(t, tt.want, got[0].Status)
		})
	}
}
