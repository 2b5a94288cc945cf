package proof

import (
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProof_buildOnce holds one build of all variants against a build of each:
// functions, methods, generic ones, and tables.
func TestProof_buildOnce(t *testing.T) {
	fixture.SkipUnlessLong(t)
	for _, word := range []string{"1", "2"} {
		t.Run(word, func(t *testing.T) {
			t.Parallel()
			p := proofOf(t, fixture.NewCourse(t), word)
			require.NoError(t, p.buildOnce(t.Context()))
			require.NotNil(t, p.binary, "the fixture must build in one go")
			for _, w := range p.answers {
				e, _ := course.Find(p.exercises, w.ID)
				version, err := p.chapter.Reference.Put(e, w.Text, w.Imports, p.names)
				require.NoError(t, err)
				together, err := p.try(t.Context(), version, gorun.TestRun{Times: 1, Variant: w.File})
				require.NoError(t, err)
				alone, err := p.try(t.Context(), version, gorun.TestRun{Times: 1})
				require.NoError(t, err)
				assert.NotEmpty(t, redNames(alone), "%s must fail something", w.File)
				assert.ElementsMatch(t, redNames(alone), redNames(together),
					"%s fails the same rows either way", w.File)
				assert.Len(t, together.Rows, len(alone.Rows), "and the same rows ran")
			}
		})
	}
}

func redNames(out gorun.Outcome) []string {
	var all []string
	for _, r := range out.Rows {
		if r.Red() {
			all = append(all, r.Name)
		}
	}
	return all
}

func TestChoice(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a function that returns nothing",
			"func Do(a, b int, _ ...string) {\n}",
			"func Do(p0 int, p1 int, p2 ...string) {\n\tswitch workbookVariant {\n\tcase \"w\":\n\t\tw1(p0, p1, p2...)\n\t\treturn\n\t}\n\tw0(p0, p1, p2...)\n}"},
		{"a method of a generic type",
			"func (*Box[T]) Get() (v T, err error) {\n\treturn\n}",
			"func (self *Box[T]) Get() (v T, err error) {\n\tswitch workbookVariant {\n\tcase \"w\":\n\t\treturn self.w1()\n\t}\n\treturn self.w0()\n}"},
		{"a generic function",
			"func Map[T, U any](in []T, f func(T) U) []U {\n\treturn nil\n}",
			"func Map[T, U any](p0 []T, p1 func(T) U) []U {\n\tswitch workbookVariant {\n\tcase \"w\":\n\t\treturn w1[T, U](p0, p1)\n\t}\n\treturn w0[T, U](p0, p1)\n}"},
		{"a table",
			"var rows = []row{{1}}",
			"var rows = func() []row {\n\tswitch workbookVariant {\n\tcase \"w\":\n\t\treturn w1\n\t}\n\treturn w0\n}()"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := choice(mark.Exercise{File: "f.go", Text: tt.text}, []variant{{}, {name: "w"}},
				[]string{"w0", "w1"})
			require.NoError(t, err)
			assert.Equal(t, tt.want, got)
		})
	}
}
