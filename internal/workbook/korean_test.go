package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// inKorean runs the tool in the real course for who reads Korean, with what is typed.
func inKorean(t *testing.T, typed string, words ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "workbook", words...)
	cmd.Dir, cmd.Stdin = Repository, strings.NewReader(typed)
	cmd.Env = append(os.Environ(), "WORKBOOK_LANG=ko")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}

// Every drill speaks Korean to its end: what a PR or an AI says, questions, slips, scores
// and explanations. Where its key has no Korean it falls back to English, and is seen here.
func TestDrills_inKorean(t *testing.T) {
	keys, err := filepath.Glob(filepath.Join(Repository, "docs/review/drills/testdata/[1-9]-*/key.md"))
	require.NoError(t, err)
	require.NotEmpty(t, keys)
	assert.Empty(t, fixture.EnglishLines(inKorean(t, "", "drill")))
	for i := range keys {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			out := inKorean(t, aPlaceIn(t, keys[i])+"\n"+strings.Repeat("r\n", 30)+"\n", "drill", fmt.Sprint(i+1))
			assert.Contains(t, out, "  증거   ", "it comes to its end")
			assert.Empty(t, fixture.EnglishLines(out))
		})
	}
}

// The server that the front page starts first speaks Korean to who reads it: its help, and
// why it does not start.
func TestServer_inKorean(t *testing.T) {
	binary := gorun.Program(filepath.Join(t.TempDir(), "final"))
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./final")
	build.Dir = Repository
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	for _, row := range []struct{ name, word, setting, want string }{
		{"help", "--help", "", "  DATABASE_URL          SQLite 파일, 또는 PostgreSQL이면 postgres://…. (기본값: ./data/authbook.db)\n"},
		{"the operator's commands", "admin", "", "  final admin list                 사용자를 모두 보여 줍니다\n"},
		{"a command that is none", "nothing", "", "final: 명령 \"nothing\"은 없습니다. final --help가 명령을 모두 보여 줍니다\n"},
		{"a setting that is wrong", "check-config", "RATE_LIMIT=fast", "final: RATE_LIMIT에는 0보다 큰 수를 씁니다."},
	} {
		t.Run(row.name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), binary, row.word)
			cmd.Env = []string{"LANG=ko_KR.UTF-8", row.setting}
			out, _ := cmd.CombinedOutput() // a refusal is an error
			assert.Contains(t, string(out), row.want)
			apart := strings.ReplaceAll(string(out), " (기본값", "\n(기본값") // else it would excuse its line
			assert.Empty(t, fixture.EnglishLines(apart))
		})
	}
}

// aPlaceIn is a line of a drill, where nothing is wrong.
func aPlaceIn(t *testing.T, key string) string {
	t.Helper()
	code, err := filepath.Glob(filepath.Join(filepath.Dir(key), "*[^t].go")) // no test
	require.NoError(t, err)
	return filepath.Base(code[0]) + ":1"
}
