package proof

import (
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStage_showsAWrongAnswer(t *testing.T) {
	p := proofOf(t, fixture.NewCourse(t), "2")
	dir, clean, err := course.NewScratch()
	require.NoError(t, err)
	defer clean()
	s := &stage{course: p.runner.Course, chapter: p.chapter, dir: dir}
	rows := []struct{ name, source, want, wantErr string }{
		{"the row that catches it is red", "output wrong 2.2-prefix: go test -run TestSame ./02-token",
			"--- FAIL: TestSame/no_sum", ""},
		{"the reference is green", "output: go test -run TestSame ./02-token", "ok", ""},
		{"there must be one of this name", "output wrong 2.2-suffix: go test ./02-token",
			"", "02-token has no wrong answer 2.2-suffix"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			all := blocks("<!-- " + row.source + " -->\n```console\n```\n")
			require.Len(t, all, 1)
			got, err := s.show(t.Context(), all[0])
			if row.wantErr != "" {
				assert.EqualError(t, err, row.wantErr)
				return
			}
			require.NoError(t, err)
			assert.Contains(t, got, row.want)
		})
	}
}
