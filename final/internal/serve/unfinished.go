package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
)

// chapterFolder is a folder such as 01-middleware, for [filepath.Glob].
const chapterFolder = "[0-9][0-9]-?*"

// CheckFinished refuses to start a server whose chapters have blank exercises:
// a request would run into them. It looks at the workbook's sources in the
// working directory or the one above it. A binary on a server has none beside
// it, and there is nothing to say.
func CheckFinished() error {
	root, ok := workbookRoot()
	if !ok {
		return nil
	}
	blanks, err := mark.Unfinished(filepath.Join(root, chapterFolder, "*.go"))
	if err != nil || len(blanks) == 0 {
		return err
	}
	return fmt.Errorf("unfinished exercises: %s — finish them, or use `go tool workbook run`, which fills them in",
		strings.Join(blanks, ", "))
}

// workbookRoot is the nearest folder, here or one up, that holds the workbook.
func workbookRoot() (string, bool) {
	for _, dir := range []string{".", ".."} {
		if chapters, _ := filepath.Glob(filepath.Join(dir, chapterFolder, "doc.go")); chapters == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, true
		}
	}
	return "", false
}
