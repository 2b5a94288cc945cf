package proof

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ownWork is a learner's chapter: Greet is written in their own way, and all else is
// blank.
func ownWork(t *testing.T, body string) (*fixture.Tool, *course.Chapter, []mark.Exercise) {
	t.Helper()
	a, _ := fixture.Open(t, fixture.NewCourse(t))
	require.NoError(t, fixture.Start(t.Context(), a.Course, "1"))
	ch, e, err := a.Course.Exercise("1.2")
	require.NoError(t, err)
	text := strings.Replace(ch.Disk[e.File], `panic("TODO 1.2 Greet")`, body, 1)
	text = strings.Replace(text, "package greet\n", "package greet\n\nimport \"strings\"\n", 1)
	require.NoError(t, a.Course.Write(filepath.Join(ch.Dir, e.File), text))
	ch, e, err = a.Course.Exercise("1.2")
	require.NoError(t, err)
	return a, ch, []mark.Exercise{e}
}

func TestFewNotice(t *testing.T) {
	rows := []struct{ name, body, before, red string }{ // red is "" where nothing is found
		{"a line of the learner's own text that one row misses",
			"if strings.TrimSpace(name) == \"\" {\n\t\treturn \"Hello, you!\"\n\t}\n\treturn \"Hello, \" + strings.TrimSpace(name) + \"!\"",
			`return "Hello, you!"`, "TestGreet/no_name"},
		{"nothing where every row would turn red", `return strings.Join([]string{"Hello, ", "!"}, strings.TrimSpace(name))`,
			"", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a, ch, green := ownWork(t, row.body)
			found, err := FewNotice(t.Context(), a.Runner, a.UI, ch, green, 2)
			require.NoError(t, err)
			if row.red == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1, "one for each exercise")
			assert.Equal(t, row.before, found[0].Before)
			assert.Equal(t, []string{row.red}, gorun.Names(found[0].Red))
			assert.Equal(t, []string{"TestGreet/a_name", "TestGreet/a_name_with_spaces"}, gorun.Names(found[0].Green))
			assert.Contains(t, ch.Disk["greet.go"], row.before, "the learner's file is not touched")
		})
	}
}

// Of a table it is a row, and who gets through.
func TestFewNotice_tables(t *testing.T) {
	a, _ := fixture.Open(t, fixture.NewCourse(t, "01-greet/loud_test.go",
		`{"unmasks/quiet", func`, `{"unmasks/mute", func(string) string { return "" }},`+"\n\t\t"+`{"unmasks/quiet", func`))
	ch, e, err := a.Course.Exercise("1.1")
	require.NoError(t, err)
	found, err := FewNotice(t.Context(), a.Runner, a.UI, ch, []mark.Exercise{e}, 1)
	require.NoError(t, err)
	require.Len(t, found, 1)
	assert.Contains(t, []string{`{"", ""},`, `{"hello", "HELLO!"},`}, found[0].Before)
	assert.NotEmpty(t, found[0].Red)
	for _, r := range append(found[0].Red, found[0].Green...) {
		assert.Contains(t, r.Name, "/unmasks/")
	}
}

func TestFewNotice_isStopped(t *testing.T) {
	a, ch, green := ownWork(t, `return strings.TrimSpace(name)`)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := FewNotice(ctx, a.Runner, a.UI, ch, green, 2)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestFate_noticed(t *testing.T) {
	rowsOf := func(red, green int) (out gorun.Outcome) {
		for i := range red + green {
			out.Rows = append(out.Rows, gorun.Row{Name: "TestX/a", Failed: max(0, min(1, red-i))})
		}
		return out
	}
	broken := rowsOf(1, 5)
	broken.Crash = "panic"
	for _, row := range []struct {
		name string
		out  gorun.Outcome
		want bool
	}{
		{"one red row is asked about", rowsOf(1, 2), true},
		{"three are", rowsOf(3, 2), true},
		{"four tell nothing apart", rowsOf(4, 5), false},
		{"nobody notices", rowsOf(0, 5), false},
		{"too few stay green to choose from", rowsOf(1, 1), false},
		{"a run that broke off says nothing of the rest", broken, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, ok := fate{out: row.out}.noticed()
			assert.Equal(t, row.want, ok)
		})
	}
}
