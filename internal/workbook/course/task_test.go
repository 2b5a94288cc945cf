package course

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTaskOf(t *testing.T) {
	for _, row := range []struct{ name, above, want string }{
		{"lines of a paragraph are one", "// F is\n// long.", "F is long."},
		{"paragraphs stay apart", "// F is.\n//\n// It was.", "F is.\n\nIt was."},
		{"links lose their brackets", "// F is a [G], of [*http.Server].", "F is a G, of *http.Server."},
		{"an item of a list is one line", "// F:\n//\n//   - one\n//     two\n//   - three", "F:\n\n  - one two\n  - three"},
		{"code keeps its lines", "// F:\n//\n//\tA  x\n//\t   y", "F:\n\n\tA  x\n\t   y"},
	} {
		t.Run(row.name, func(t *testing.T) {
			file := "package x\n\n" + row.above + "\n//\n//workbook:exercise 1.1\nfunc F() {}\n"
			all, err := Tree{"f.go": file}.Exercises()
			require.NoError(t, err)
			assert.Equal(t, row.want, TaskOf(all[0]))
		})
	}
}
