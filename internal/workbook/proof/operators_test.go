package proof

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChanges(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a border moves either way, and so does its number", "func f(n int) {\n\t_ = n > 9\n}", []string{
			"border _ = n > 9 → _ = n >= 9", "border _ = n > 9 → _ = n > 10", "border _ = n > 9 → _ = n > 8",
			"rest _ = n > 9 → (nothing)"}},
		{"what equals moves too", "func f(n int) {\n\t_ = n == 0\n}", []string{
			"border _ = n == 0 → _ = n == 1", "border _ = n == 0 → _ = n == (-1)", "rest _ = n == 0 → (nothing)"}},
		{"a point in time is a border", "func f(a, b time.Time) {\n\t_ = a.Before(b)\n}", []string{
			"border _ = a.Before(b) → _ = !a.After(b)", "rest _ = a.Before(b) → (nothing)"}},
		{"a condition goes, and each part of it", "func f(a, b bool) {\n\tif a && b {\n\t\tf(b, a)\n\t}\n}", []string{
			"rest if a && b { → if true {", "rest if a && b { → if false {", "rest if a && b { → if a {",
			"rest if a && b { → if b {", "rest f(b, a) → (nothing)", "rest f(b, a) → f(a, b)"}},
		{"a loop and a case never come", "func f(a bool) {\n\tfor a {\n\t}\n\tswitch {\n\tcase a:\n\t}\n}", []string{
			"rest for a { → for false {", "rest case a: → case false:"}},
		{"a verdict is always yes", "func f(a, b string) bool {\n\treturn a == b\n}", []string{
			"rest return a == b → (nothing)", "rest return a == b → return true"}},
		{"a number is one more and one less", "func f() {\n\tg(0x10, 0o7)\n}", []string{
			"rest g(0x10, 0o7) → (nothing)", "rest g(0x10, 0o7) → g(0o7, 0x10)", "rest g(0x10, 0o7) → g(0x11, 0o7)",
			"rest g(0x10, 0o7) → g(0xf, 0o7)", "rest g(0x10, 0o7) → g(0x10, 0o10)", "rest g(0x10, 0o7) → g(0x10, 0o6)"}},
		{"room in advance, and an order that is all the same, are left", "func f(a, b int) {\n\tx := make([]int, a, 9)\n\t_ = max(a, b)\n}",
			[]string{"rest _ = max(a, b) → (nothing)"}},
		{"what is longer than a line is told by its first", "func f() {\n\tdefer func() {\n\t\tg()\n\t}()\n}", []string{
			"rest defer func() { … → (nothing)", "rest g() → (nothing)"}},
		{"a limit is one unit off", "const (\n\tLimit = 30 * time.Second\n\tName = \"n\"\n\tSize = 1 << 20\n)", []string{
			"border Limit = 30 * time.Second → Limit = 31 * time.Second",
			"border Limit = 30 * time.Second → Limit = 29 * time.Second",
			"border Size = 1 << 20 → Size = 1 << 20 + 1", "border Size = 1 << 20 → Size = 1 << 20 - 1"}},
		{"numbers that Go counts are no limits", "const (\n\tOne = iota + 1\n\tTwo\n)", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := "package p\n\n" + tt.text + "\n"
			found, err := declarationsOf("p.go", file)
			require.NoError(t, err)
			require.Len(t, found, 1)
			var got []string
			for _, c := range changesIn(found[0]) {
				kind := map[bool]string{true: "border ", false: "rest "}[c.border]
				got = append(got, kind+newMutant(file, found[0], c).change())
			}
			assert.ElementsMatch(t, tt.want, got)
		})
	}
}
