package review

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnnotation_holdsOneCommand(t *testing.T) {
	assert.Equal(t, "::error file=a%3Ab.go,line=3,title=1%2C2%0A::x%0A::set-env name=A::b%25",
		annotation("error", "a:b.go", 3, "1,2\n", "x\n::set-env name=A::b%"))
}

// The analyzers find what the wrong answers plant, each at its own exercise,
// and nothing else in the chapter.
func TestAnalyze_wrongAnswers(t *testing.T) {
	fixture.SkipUnlessLong(t)
	a, _ := fixture.OpenReal(t, "")
	rows := []struct {
		chapter string
		wrong   []string
		want    []string
	}{
		{"01-middleware", []string{"1.10-answers-and-goes-on"}, []string{"missingreturn requirerole.go"}},
		{"02-jwt-basics", []string{"2.5-stops-early", "2.11-defaults"},
			[]string{"secretcompare hs256.go", "jwtoptions library.go"}},
	}
	for _, row := range rows {
		t.Run(row.chapter, func(t *testing.T) {
			ch, err := a.Course.Read(row.chapter)
			require.NoError(t, err)
			found, err := analyze(t.Context(), a.Course, ch, withWrong(t, ch, row.wrong))
			require.NoError(t, err)
			var got []string
			for _, f := range found {
				got = append(got, f.analyzer+" "+filepath.Base(f.file))
			}
			assert.ElementsMatch(t, row.want, got)
		})
	}
}

// withWrong is the reference of a chapter with some wrong answers in it, as an
// overlay.
func withWrong(t *testing.T, ch *course.Chapter, wrong []string) map[string][]byte {
	t.Helper()
	names, err := course.NamesOf(t.Context(), filepath.Dir(ch.Dir), ch.Reference)
	require.NoError(t, err)
	answers, err := ch.WrongAnswers()
	require.NoError(t, err)
	version, put := ch.Reference, 0
	for _, w := range answers {
		if !slices.Contains(wrong, w.Short()) {
			continue
		}
		exercises, err := version.Exercises()
		require.NoError(t, err)
		e, _ := course.Find(exercises, w.ID)
		version, err = version.Put(e, w.Text, w.Imports, names)
		require.NoError(t, err)
		put++
	}
	require.Len(t, wrong, put, "one of the wrong answers is gone")
	overlay := map[string][]byte{}
	for name, text := range version {
		overlay[filepath.Join(ch.Dir, name)] = []byte(text)
	}
	return overlay
}

// The guides for reviewers fit on one screen, and ask about exercises that there are.
func TestGuides_areCurrent(t *testing.T) {
	a, _ := fixture.OpenReal(t, "")
	chapters, err := a.Course.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		t.Run(ch.Name, func(t *testing.T) {
			r, err := ch.Rubric()
			require.NoError(t, err)
			lines := strings.Split(r.Text, "\n")
			assert.LessOrEqual(t, len(lines), 60, "a reviewer reads the first screen")
			for _, line := range lines {
				assert.LessOrEqual(t, utf8.RuneCountInString(line), 100, line)
			}
			assert.Len(t, r.Questions, 5)
			assert.NotEmpty(t, r.Praise)
			for _, q := range r.Questions {
				_, ok := course.Find(ch.Exercises, q.ID)
				assert.True(t, ok, "there is no exercise %s", q.ID)
				assert.Contains(t, q.Text, "?", "a comment is a question")
			}
			for _, p := range r.Praise {
				_, ok := course.Find(ch.Exercises, p.ID)
				assert.True(t, ok, "there is no exercise %s", p.ID)
				assert.NotEmpty(t, p.Row, "%s: praise needs the row that holds it", p.ID)
			}
		})
	}
}

// Praise that no row holds would never be said, or be said of anything.
func TestGuides_praiseIsHeldByARow(t *testing.T) {
	fixture.SkipUnlessLong(t)
	a := fixture.CopyReal(t)
	withGuides, _ := fixture.OpenReal(t, "")
	chapters, err := a.Course.Chapters()
	require.NoError(t, err)
	guides, err := withGuides.Course.Chapters()
	require.NoError(t, err)
	for i, ch := range chapters {
		t.Run(ch.Name, func(t *testing.T) {
			rubric, err := guides[i].Rubric()
			require.NoError(t, err)
			r, err := a.Runner.Examine(t.Context(), ch, ch.Exercises, gorun.Effort{})
			require.NoError(t, err)
			for _, p := range rubric.Praise {
				i := slices.IndexFunc(r.Verdicts, func(v gorun.Verdict) bool { return v.Exercise.ID == p.ID })
				require.GreaterOrEqual(t, i, 0)
				assert.True(t, holds(r.Verdicts[i], p.Row), "%s has no green row %s", p.ID, p.Row)
			}
		})
	}
}
