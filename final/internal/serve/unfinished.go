package serve

import (
	"fmt"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
)

// CheckFinished refuses to start a server whose chapters have blank exercises:
// a request would run into them. It looks at the course's sources in the working
// directory or the one above it. A binary on a server has none there, and there is
// nothing to say; nor where the learner's tool runs one, deeper in the course, that
// it has filled in.
func CheckFinished() error {
	root := "."
	if !mark.IsRoot(root) {
		root = ".."
	}
	if !mark.IsRoot(root) {
		return nil
	}
	blanks, err := mark.Unfinished(filepath.Join(root, mark.Chapters, "*.go"))
	if err != nil || len(blanks) == 0 {
		return err
	}
	return fmt.Errorf("unfinished exercises: %s — finish them, or use `go tool workbook run`, which fills them in",
		strings.Join(blanks, ", "))
}
