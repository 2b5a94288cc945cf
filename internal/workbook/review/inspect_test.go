package review

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
)

// Code that can't be read is no copy of the reference.
func TestSameAsReference(t *testing.T) {
	dir := fixture.NewCourse(t)
	tool, _ := fixture.Open(t, dir)
	require.NoError(t, fixture.Start(t.Context(), tool.Course, "1"))
	file := filepath.Join(dir, "01-greet", "greet.go")
	for _, row := range []struct {
		name, content string
		want          bool
	}{
		{"the reference put back is named", "", true},
		{"a syntax error names nothing", "package greet\n\nfunc {\n", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			ch, err := tool.Course.Chapter("1")
			require.NoError(t, err)
			content := ch.Reference["greet.go"]
			if row.content != "" {
				content = row.content
			}
			require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
			ch, err = tool.Course.Chapter("1")
			require.NoError(t, err)
			same, err := sameAsReference(ch)
			require.NoError(t, err)
			assert.Equal(t, row.want, len(same) > 0)
		})
	}
}
