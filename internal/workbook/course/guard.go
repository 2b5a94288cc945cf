package course

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// What decides whether a learner's work is green is no part of that work: the
// tests' helper, the tools, what go builds them with, the workflows, and the
// guides that a draft is made from.
var (
	guardFolders = []string{"internal/exercise", "internal/workbook", "internal/coursecheck", "internal/mark",
		"internal/text", "internal/analyzers", "vendor", "docs/review", "docs/ko/review", ".github", ".ci"}
	guardFiles = []string{"go.mod", "go.sum", "go.work", "go.work.sum", ".gitattributes"} // in any folder
	// What go builds into a package beside Go can do what no Go code can.
	guardExtensions = []string{".s", ".S", ".c", ".cc", ".cpp", ".cxx", ".h", ".m", ".syso"}
)

// Guards reports whether a file, seen from the root, decides what is checked.
func Guards(name string) bool {
	if slices.Contains(guardFiles, path.Base(name)) || slices.Contains(guardExtensions, path.Ext(name)) {
		return true
	}
	return slices.ContainsFunc(guardFolders, func(folder string) bool {
		return strings.HasPrefix(name, folder+"/")
	})
}

// IsTestData reports whether a file is of those that a chapter's tests read.
func IsTestData(name, chapter string) bool { return strings.HasPrefix(name, chapter+"/testdata/") }

// Manifest is what start and update write down of a release: the hash of each
// file that guards a chapter, by its name from the root.
type Manifest map[string]string

// HashOf is the hash of a file's text. Ends of lines are no difference.
func HashOf(text []byte) string {
	return fmt.Sprintf("%x", sha256.Sum256(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))))
}

// guardsNow hashes the files as they are, also those of a release that lie elsewhere.
func (c *Course) guardsNow(chapter string, elsewhere Manifest) (Manifest, error) {
	m := Manifest{}
	note := func(file string, d fs.DirEntry, err error) error {
		name := c.Relative(file)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err != nil || d.IsDir() || !Guards(name) && !IsTestData(name, chapter):
			return err
		case !d.Type().IsRegular():
			m[name] = "no file" // go would follow a link
			return nil
		}
		text, err := os.ReadFile(file)
		m[name] = HashOf(text)
		return err
	}
	more := slices.Collect(maps.Keys(elsewhere))
	for _, folder := range slices.Concat(guardFolders, guardFiles, []string{chapter}, more) {
		if err := filepath.WalkDir(filepath.Join(c.Root, folder), note); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// WriteManifest notes the files that guard a chapter.
func (c *Course) WriteManifest(chapter string, m Manifest) error {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(&b, "%s  %s\n", m[name], name)
	}
	return c.Write(c.Saved(chapter, "manifest"), b.String())
}

// ChangedGuards are the files that guard a chapter and differ from the manifest of
// its release. A chapter that an older workbook started has none.
func (c *Course) ChangedGuards(ch *Chapter) ([]string, error) {
	text, err := os.ReadFile(c.Saved(ch.Name, "manifest"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	was := parseManifest(text)
	is, err := c.guardsNow(ch.Name, was)
	if err != nil {
		return nil, err
	}
	var all []string
	for name, checksum := range was {
		if is[name] != checksum {
			all = append(all, name)
		}
	}
	for name := range is {
		if was[name] == "" && !IsTestData(name, ch.Name) { // a seed that the learner found is no change
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all, nil
}

func parseManifest(text []byte) Manifest {
	m := Manifest{}
	for lines := bufio.NewScanner(bytes.NewReader(text)); lines.Scan(); {
		if hash, name, ok := strings.Cut(lines.Text(), "  "); ok {
			m[name] = hash
		}
	}
	return m
}
