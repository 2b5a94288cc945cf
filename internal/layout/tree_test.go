// Package layout holds the tree to its own rules: what is at the root, who may
// import whom, how long a file, a function and a line may be. The import rule
// is what lets one blanked chapter redden itself and the final server, and
// never its neighbours.
package layout

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const root = "../.."

// testdata is what the tests of a chapter read.
var testdata = whole(chapters + `/testdata`)

// eachGoFile calls f with every Go file below the root, except in the fixture
// modules of the workbook's tool and in hidden folders.
func eachGoFile(t *testing.T, f func(name string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."),
			d.IsDir() && name == "internal/workbook/testdata",
			d.IsDir() && testdata.MatchString(name):
			return fs.SkipDir
		case strings.HasSuffix(name, ".go"):
			f(name)
		}
		return nil
	})
	require.NoError(t, err)
}
