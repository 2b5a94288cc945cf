package gorun

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/text"
)

// printed keeps what testify would print in a test.
type printed struct{ strings.Builder }

func (p *printed) Errorf(format string, args ...any) {
	fmt.Fprintf(p, "    a_test.go:3:"+format, args...)
}

func TestTidy_plainValues(t *testing.T) {
	noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name        string
		want, got   any
		shows, hide []string
	}{
		{"an error is its text", errors.New("tokens: expired"), errors.New("tokens: revoked"),
			[]string{`expected: "tokens: expired"`, `actual  : "tokens: revoked"`}, []string{"errorString", "Diff"}},
		{"an error that is missing", errors.New("tokens: expired"), nil,
			[]string{`expected: "tokens: expired"`, "actual  : <nil>"}, []string{"errorString"}},
		{"a text in quotes", errors.New(`no "a"`), errors.New("b"), []string{`expected: "no \"a\""`}, []string{"errorString"}},
		{"a time is a date", noon, noon.Add(time.Millisecond),
			[]string{"expected: 2026-07-01 12:00:00 +0000 UTC", "actual  : 2026-07-01 12:00:00.001 +0000 UTC"},
			[]string{"time.Date", "Diff"}},
		{"other values keep their diff", []int{1}, []int{2}, []string{"expected: []int{1}", "Diff"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out printed
			assert.Equal(&out, tt.want, tt.got, "why")
			lines := strings.Join(Tidy(text.English, out.String()), "\n")
			for _, text := range append(tt.shows, "why") {
				assert.Contains(t, lines, text, "a learner reads this to see what is wrong")
			}
			for _, text := range tt.hide {
				assert.NotContains(t, lines, text, "it says the same again, and hides the rest on a small screen")
			}
		})
	}
}
