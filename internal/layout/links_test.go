package layout

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	codeSpan = regexp.MustCompile("`[^`\n]+`")
	link     = regexp.MustCompile(`\]\(([^)\s:]+)\)`)
	linkOn   = regexp.MustCompile(`\[([^\]\n]*)\]\(([^)\s:#]+)[^)]*\)(\([^)]*영어\))?`)
	heading  = regexp.MustCompile(`(?m)^#{1,6} +(.+)$`)
	marks    = regexp.MustCompile(`[^\pL\pN_ -]`)
)

// anchorsOf are the anchors that GitHub gives the headings of a page.
func anchorsOf(page string) map[string]bool {
	all := map[string]bool{}
	for _, m := range heading.FindAllStringSubmatch(fenced.ReplaceAllString(page, ""), -1) {
		all[strings.ReplaceAll(marks.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-")] = true
	}
	return all
}

// missing says what a link on a page leads to that is not there, "" if nothing.
func missing(t *testing.T, page, to string) string {
	file, anchor, _ := strings.Cut(to, "#")
	name := filepath.Join(root, path.Join(path.Dir(page), file))
	if file == "" {
		name = filepath.Join(root, page)
	}
	switch info, err := os.Stat(name); {
	case err != nil:
		return "the file"
	case info.IsDir():
		name = filepath.Join(name, "README.md")
	}
	if anchor == "" || !strings.HasSuffix(name, ".md") || anchorsOf(readFile(t, name))[anchor] {
		return ""
	}
	return "the heading"
}

// A heading that got other words, in one language or the other, takes its links along.
func TestLinks_leadToWhatIsThere(t *testing.T) {
	links := 0
	for _, pattern := range []string{"*.md", "*/*.md", "0*/*/*.md", "docs/*/*.md", "docs/*/*/*.md"} {
		pages, err := fs.Glob(os.DirFS(root), pattern)
		require.NoError(t, err)
		for _, page := range pages {
			text := codeSpan.ReplaceAllString(fenced.ReplaceAllString(readFile(t, filepath.Join(root, page)), ""), "")
			for _, m := range link.FindAllStringSubmatch(text, -1) {
				links++
				assert.Empty(t, missing(t, page, m[1]), "%s leads to %s, which lacks", page, m[1])
			}
		}
	}
	require.Greater(t, links, 400)
}

// Whoever reads no English learns it before the click.
func TestLinks_ofKoreanPagesTellEnglishOnes(t *testing.T) {
	told := 0
	for _, page := range koreanPages(t) {
		text := fenced.ReplaceAllString(readFile(t, filepath.Join(root, page)), "")
		for _, m := range linkOn.FindAllStringSubmatch(text, -1) {
			english := leadsToEnglish(path.Join(path.Dir(page), m[2]))
			if english && (m[1] == "영어" || m[1] == "English") {
				continue
			}
			told += len(m[3])
			assert.Equal(t, english, m[3] != "", "%s: %s", page, m[0])
		}
	}
	require.NotZero(t, told)
}

// koreanPages are the pages in Korean that a reader comes to.
func koreanPages(t *testing.T) []string {
	var all []string
	for _, pattern := range []string{"*.ko.md", "*/*.ko.md", "0*/*/README.ko.md", "docs/ko/*.md",
		"docs/ko/*/*.md", "docs/ko/*/*/*.md"} {
		pages, err := fs.Glob(os.DirFS(root), pattern)
		require.NoError(t, err)
		all = append(all, pages...)
	}
	return all
}

// leadsToEnglish reports whether a link leads to a page that is not in Korean.
func leadsToEnglish(to string) bool {
	if info, err := os.Stat(filepath.Join(root, to)); err == nil && info.IsDir() {
		to = path.Join(to, "README.md")
		if _, err := os.Stat(filepath.Join(root, to)); err != nil {
			return false
		}
	}
	return strings.HasSuffix(to, ".md") && !strings.HasSuffix(to, ".ko.md") && !strings.HasPrefix(to, "docs/ko/")
}

func TestMissing(t *testing.T) {
	for to, want := range map[string]string{
		"docs/how-to-work.md": "", "nowhere.md": "the file", "docs": "", "go.mod#x": "", "#nowhere": "the heading",
		"docs/ko/how-to-work.md#챕터-하나": "", "docs/ko/how-to-work.md#챕터-둘": "the heading",
	} {
		assert.Equal(t, want, missing(t, "README.md", to), to)
	}
}
