package mark

import (
	"io/fs"
	"os"
	"path/filepath"
)

// Chapters matches the folders of the chapters, such as 01-middleware, in the
// course's root ([fs.Glob]).
const Chapters = "[0-9][0-9]-?*"

// Root returns the course's root: dir, or the nearest folder above it, that
// holds a go.mod and chapters. Where there is none, it returns false.
func Root(dir string) (string, bool) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", false
	}
	for !IsRoot(dir) {
		above := filepath.Dir(dir)
		if above == dir {
			return "", false
		}
		dir = above
	}
	return dir, true
}

// IsRoot reports whether dir itself is a course's root.
func IsRoot(dir string) bool {
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		return false
	}
	chapters, _ := fs.Glob(os.DirFS(dir), Chapters+"/doc.go") // dir may hold a bracket, which is no pattern
	return chapters != nil
}
