package review

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// "| 1 | a PR with sign-up, …"
var drillLine = regexp.MustCompile(`(?m)^\| \d+ \| `)

// Every mistake and every label of a drill is proven by a test that passes
// because of it; the pull request's own tests are green; and no two points
// share a line.
func TestDrills_areProven(t *testing.T) {
	a, _ := fixture.OpenReal(t, "")
	drills, err := drills(a.Course)
	require.NoError(t, err)
	readme, err := os.ReadFile(filepath.Join(a.Course.Root, "docs/review/drills/README.md"))
	require.NoError(t, err)
	assert.Len(t, drillLine.FindAll(readme, -1), len(drills), "the table of the README lists each drill")
	for _, d := range drills {
		t.Run(filepath.Base(d.dir), func(t *testing.T) {
			out, err := a.Runner.Test(t.Context(), gorun.TestRun{Chapter: a.Course.Relative(d.dir), Limit: time.Minute})
			require.NoError(t, err)
			require.Empty(t, out.Build)
			require.Greater(t, len(out.Rows), len(d.files()))
			var proofs []string
			for _, r := range out.Rows {
				assert.False(t, r.Red(), "%s: %s", r.Name, r.Output)
				if strings.HasPrefix(r.Name, "TestProof_") || strings.HasPrefix(r.Name, "TestClaim_") {
					proofs = append(proofs, r.Name)
				}
			}
			var used []string
			var places []place
			for _, p := range d.points {
				assert.Contains(t, proofs, p.proof, "%s", p.title)
				assert.NotEmpty(t, p.why)
				used = append(used, p.proof)
				for _, at := range p.places {
					assert.NotContains(t, places, at)
					places = append(places, at)
				}
			}
			for _, name := range proofs {
				assert.Contains(t, used, name, "this test proves nothing in key.md")
			}
		})
	}
}

func TestDrill_scoresFindings(t *testing.T) {
	rows := []struct {
		name, input string
		words       []string
		score       string
	}{
		{"on the command line", "", []string{"1", "accounts.go:65", "accounts.go:33", "accounts.go:9"},
			"2 hits, 6 missed, 1 false alarm\n"},
		{"typed", "accounts.go:65\ndocs/x/accounts.go:33\n\n", []string{"1"}, "2 hits, 6 missed, 0 false alarms"},
		{"a line off", "", []string{"1", "accounts.go:66"}, "1 hit, 7 missed, 0 false alarms"},
		{"two lines off", "", []string{"1", "accounts.go:67"}, "0 hits, 8 missed, 1 false alarm\n"},
		{"one mistake named twice", "", []string{"1", "accounts.go:65", "accounts.go:75"},
			"1 hit, 7 missed, 0 false alarms"},
		{"a false alarm named twice", "", []string{"1", "accounts.go:9", "accounts.go:9"},
			"0 hits, 8 missed, 1 false alarm\n"},
		{"a finding between two mistakes is one", "", []string{"2", "sessions.go:61"},
			"1 hit, 9 missed, 0 false alarms"},
		{"typed, with a slip", "accounts.go:65\naccounts.go\naccounts.go:33\n\n", []string{"1"},
			"2 hits, 6 missed, 0 false alarms"},
		{"claims on the command line", "", []string{"3", "w", "r", "r", "w", "r", "w", "n", "n", "r", "w"},
			"10 of 10"},
		{"a claim that is right and of no matter", "", []string{"3", "w", "r", "r", "w", "r", "w", "r", "n", "r", "w"},
			"9 of 10"},
		{"true, and not worth a comment", "", []string{"1", "accounts.go:65", "accounts.go:54"},
			"1 hit, 7 missed, 0 false alarms, 1 true and not counted"},
		{"a change that tells by its time", "", []string{"1", "accounts.go:106", "accounts.go:59"}, "2 hits, 6 missed"},
		{"a chain", "", []string{"4", "web.go:19", "web.go:63"}, "2 hits, 5 missed, 0 false alarms"},
		{"a release", "", []string{"5", "release.go:53", "release.go:73"}, "2 hits, 7 missed, 0 false alarms"},
		{"claims typed", "r\nr\nr\nR\nright\nr\nn\nr\nr\nr\n", []string{"3"}, "5 of 10"},
		{"claims typed, with a slip", "r\nx\nr\nr\nr\nr\nr\nr\nr\nr\nr\n", []string{"3"}, "4 of 10"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a, out := fixture.OpenReal(t, row.input)
			require.NoError(t, Drill(t.Context(), a.Runner, a.UI, term.Arguments{Words: row.words}))
			assert.Contains(t, out.String(), row.score)
			score, _, _ := strings.Cut(out.String(), row.score)
			assert.NotContains(t, score, "why", "the explanations come after the score")
			assert.Contains(t, out.String(), "proof")
		})
	}
}

// Whoever starts a drill and wants to read first has the solution not spoiled.
func TestDrill_tellsNothingBeforeAnAnswer(t *testing.T) {
	for _, row := range []struct{ name, number, input string }{
		{"an empty list of findings", "1", "\n"},
		{"a list that ends at once", "1", ""},
		{"claims without a label", "3", "\n"},
		{"not every claim has a label", "3", "r\nw\n\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a, out := fixture.OpenReal(t, row.input)
			assert.ErrorContains(t, Drill(t.Context(), a.Runner, a.UI, term.Arguments{Words: []string{row.number}}),
				"nothing is given away")
			assert.NotContains(t, out.String(), "proof")
			assert.NotContains(t, out.String(), "✗")
		})
	}
}

func TestDrill_refuses(t *testing.T) {
	rows := []struct {
		name  string
		words []string
		want  string
	}{
		{"a drill that is not there", []string{"99"}, `there is no drill "99"`},
		{"a file that is not in the pull request", []string{"1", "proof_test.go:3"}, "is not a place"},
		{"no line", []string{"1", "accounts.go"}, "is not a place"},
		{"a label that is none", []string{"3", "w", "r", "r", "w", "r", "w", "n", "n", "r", "x"}, "is not r, w or n"},
		{"too few labels", []string{"3", "r"}, "drill 3 has 10 claims"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a, _ := fixture.OpenReal(t, "")
			assert.ErrorContains(t, Drill(t.Context(), a.Runner, a.UI, term.Arguments{Words: row.words}), row.want)
		})
	}
}

// The analyzers find what they are for among the mistakes that shipped.
func TestAnalyze_drill(t *testing.T) {
	a, _ := fixture.OpenReal(t, "")
	drills, err := drills(a.Course)
	require.NoError(t, err)
	d := drills[1]
	found, err := findings(t.Context(), a.Course, &course.Chapter{Name: a.Course.Relative(d.dir)})
	require.NoError(t, err)
	var names []string
	for _, f := range found {
		names = append(names, f.analyzer)
		at := place{filepath.Base(f.file), f.line}
		assert.NotEqual(t, -1, d.at(at), "a false alarm: %s", f)
	}
	slices.Sort(names)
	assert.Equal(t, []string{"jwtoptions", "missingreturn", "secretcompare"}, names)
}
