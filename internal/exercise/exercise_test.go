package exercise

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runLesson runs the tests of testdata/lesson, a chapter in the middle of being
// worked through, and returns the verdict per test and all that was printed.
func runLesson(t *testing.T, env []string, arguments ...string) (verdicts map[string]string, output string) {
	t.Helper()
	arguments = append([]string{"test", "-json", "./testdata/lesson"}, arguments...)
	command := exec.CommandContext(t.Context(), "go", arguments...)
	command.Env = append(os.Environ(), env...)
	stdout, err := command.Output()
	require.Error(t, err, "the lesson is red")

	verdicts = map[string]string{}
	var printed strings.Builder
	decoder := json.NewDecoder(bytes.NewReader(stdout))
	for decoder.More() {
		var event struct{ Action, Test, Output, Key, Value string }
		require.NoError(t, decoder.Decode(&event))
		printed.WriteString(event.Output)
		if event.Action == "attr" {
			printed.WriteString(event.Test + " " + event.Key + " " + event.Value + "\n")
		}
		if event.Action == "pass" || event.Action == "fail" || event.Action == "skip" {
			verdicts[event.Test] = event.Action
		}
	}
	return verdicts, printed.String()
}

func TestRows(t *testing.T) {
	verdicts, output := runLesson(t, nil)

	for name, want := range map[string]string{
		"TestRight/zero":             "pass",
		"TestRight/one":              "pass",
		"TestBlank/zero":             "fail",
		"TestBlank/one":              "fail",
		"TestPanics/zero":            "fail",
		"TestPanics/one":             "fail",
		"TestPanicsInABubble/zero":   "fail",
		"TestPanicsInABubble/one":    "fail",
		"TestEmptyTable":             "fail",
		"TestBox_Get/one":            "fail",
		"TestUsesBlank/leans_on_9.2": "fail",
		"TestNeeds":                  "fail",
		"TestDuplicateNames":         "fail",
		"TestUnknownExercise":        "fail",
		"ExampleBlank":               "", // left out
	} {
		assert.Equal(t, want, verdicts[name], name)
	}
	for _, want := range []string{
		"TODO 9.2 Blank — lesson/lesson.go:9\n",
		"TODO 9.4 emptyRows — lesson/lesson_test.go:14\n",
		"TODO 9.10 Box.Get — lesson/lesson.go:21\n",
		"lesson_test.go:33: TODO 9.2 Blank", // the line of the test, not of this package
		"lesson_test.go:37: panic: runtime error: index out of range [1] with length 0",
		"lesson_test.go:41: panic: runtime error: index out of range [1] with length 0",
		"at lesson/lesson.go:14",
		`exercise 9.1: two rows are named "same"`,
		"exercise 9.99: no declaration here has the comment //workbook:exercise 9.99 above it",
		"→ next: 9.2 Blank, lesson/lesson.go:9 — go tool workbook hint 9.2\n",
	} {
		assert.Contains(t, output, want)
	}
	assert.NotContains(t, output, "panic: TODO", "a blank must never be called")
}

// The workbook's tool asks whether one of the exercises that a red row needs is
// red itself.
func TestRows_tellsWhatARedRowNeeds(t *testing.T) {
	verdicts, output := runLesson(t, nil, "-run=TestNeedsWritten")
	assert.Equal(t, "fail", verdicts["TestNeedsWritten/red"])
	assert.Equal(t, "pass", verdicts["TestNeedsWritten/green"])
	assert.Contains(t, output, "TestNeedsWritten/red needs 9.1 9.3\n")
	assert.NotContains(t, output, "TestNeedsWritten/green needs")
}

// What is printed still reaches the learner, who may have printed it to see it.
func TestRows_failWhereTheirCodePrintsASecret(t *testing.T) {
	verdicts, output := runLesson(t, nil, "-run=TestTell")
	for _, way := range []string{"slog", "log", "standard_error", "a_logger_of_its_own"} {
		assert.Equal(t, "fail", verdicts["TestTell/"+way], way)
	}
	assert.Equal(t, "pass", verdicts["TestTell/nobody"], "what another row printed is not its fault")
	assert.Contains(t, output, "got a password or token in the output: refused: [***]\n")
	assert.Contains(t, output, "refused, and I don't say what\n")
}

func TestIdle(t *testing.T) {
	_, output := runLesson(t, nil, "-run=TestIdle|TestUsesBlank")
	assert.Contains(t, output, "TestIdleRows/all_unmasked idle one\n")
	assert.NotContains(t, output, "idle zero", "it unmasks")
	assert.Contains(t, output, "TestIdleRows/survives did it slept\n")
	assert.Contains(t, output, "TestIdleRows/survives differs time\n")
	assert.Contains(t, output, "    expected a row to fail on this impostor, got none: it slept, and your table still passed\n")
	assert.Contains(t, output, "    expected a row to fail on this impostor, got none. It is the last one, and it differs in time.\n")
	assert.NotContains(t, output, "got none: it overslept", "the last one's flaw is for the workbook alone")
	assert.NotContains(t, output, "TestIdleRows/one_left idle", "another impostor may need the row")
}

func TestMain_sendsToTheFirstFailingExercise(t *testing.T) {
	_, output := runLesson(t, nil, "-run=TestBox_Get|TestPanics$|TestRight")
	assert.Contains(t, output, "→ next: 9.3 Panics, lesson/lesson.go:14 — go tool workbook hint 9.3\n")
}

func TestMain_keepsAGivenSkipPattern(t *testing.T) {
	verdicts, _ := runLesson(t, nil, "-skip=TestBlank")
	assert.NotContains(t, verdicts, "TestBlank/one")
	assert.NotContains(t, verdicts, "ExampleBlank")
	assert.Contains(t, verdicts, "TestPanics/one")
}

// With an overlay, what runs is not what lies on the disk; the marks must be
// read from what runs.
func TestRows_readsWhatTheOverlayCompiled(t *testing.T) {
	dir := t.TempDir()
	original, err := filepath.Abs("testdata/lesson/lesson.go")
	require.NoError(t, err)
	text, err := os.ReadFile(original)
	require.NoError(t, err)
	text = regexp.MustCompile(`return n \+ 1`).ReplaceAll(text, []byte(`panic("TODO 9.1 Right")`))
	blanked := filepath.Join(dir, "lesson.go")
	require.NoError(t, os.WriteFile(blanked, text, 0o600))
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{original: blanked}})
	require.NoError(t, err)
	overlayPath := filepath.Join(dir, "overlay.json")
	require.NoError(t, os.WriteFile(overlayPath, overlay, 0o600))

	_, output := runLesson(t, []string{overlayVariable + "=" + overlayPath}, "-overlay="+overlayPath, "-run=TestRight")
	assert.Contains(t, output, "TODO 9.1 Right — lesson/lesson.go:6\n")
	assert.NotContains(t, output, "panic: TODO")
}

func TestScan_countsABlankOnlyAsSuch(t *testing.T) {
	dir, err := filepath.Abs("testdata/lesson")
	require.NoError(t, err)
	found, err := scan(dir, nil)
	require.NoError(t, err)
	var blanks []string
	for id, e := range found {
		if e.Blank {
			blanks = append(blanks, id)
		}
	}
	assert.ElementsMatch(t, []string{"9.2", "9.4", "9.10"}, blanks)
}
