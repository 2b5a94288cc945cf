package docs

import (
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The page, the lab and the server know the same codes, and say the same of each.
func TestKoreanErrors_sayWhatTheLabSays(t *testing.T) {
	page := read(t, "ko/errors.md")
	var lab struct {
		Codes map[problem.Code]string `json:"codes"`
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, "../final/internal/lab/assets/texts.ko.json")), &lab))
	told := map[problem.Code]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| (\\d+) \\| (.+) \\|$").FindAllStringSubmatch(page, -1) {
		code := problem.Code(m[1])
		told[code] = m[3]
		assert.Equal(t, strconv.Itoa(code.Status()), m[2], code)
	}
	codes := regexp.MustCompile(`Code = "(\w+)"`)
	for _, m := range codes.FindAllStringSubmatch(read(t, "../internal/problem/code.go"), -1) {
		assert.NotEmpty(t, told[problem.Code(m[1])], m[1])
	}
	assert.Equal(t, lab.Codes, told)
}

// Whoever doubts an answer of an interview card can run what shows it.
func TestInterview_answersEndInACommandThatExists(t *testing.T) {
	page := read(t, "ko/interview.md")
	chapters := strings.Split(page, "\n## ")[1:]
	require.Len(t, chapters, 5)
	for _, chapter := range chapters {
		assert.Equal(t, 5, strings.Count(chapter, "\n### "), "chains of %.20s", chapter)
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "- ") {
			assert.NoError(t, endsInCommand(t, strings.TrimSpace(line)), line)
		}
	}
}

var answer = regexp.MustCompile(
	"^- \\*\\*.+\\?\\*\\* .+\\. `(?:go test -run (\\S+) \\./(\\S+)|go tool workbook attack (\\S+))`$")

func endsInCommand(t *testing.T, line string) error {
	m := answer.FindStringSubmatch(line)
	if m == nil {
		return missing("a command at its end")
	}
	if attack := m[3]; attack != "" {
		return contains(read(t, "../internal/attack/tokens.go")+read(t, "../internal/attack/sessions.go")+
			read(t, "../internal/attack/accounts.go"), `Name: "`+attack+`"`)
	}
	test, row, hasRow := strings.Cut(m[1], "/")
	if hasRow {
		test += "/" + strings.ReplaceAll(row, "_", " ")
	}
	return exists(testSources(t, m[2]), m[2], test)
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}
