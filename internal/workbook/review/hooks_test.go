package review

import (
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
)

func TestHooks(t *testing.T) {
	const given = "package p\n\nvar impostors = []string{\"a\", \"b\"}\n"
	rows := []struct{ name, file, text, want string }{
		{"an init of a test", "my_test.go", "func init() {}", "init runs before every test"},
		{"a list of the tests is shortened", "my_test.go", "func f() { impostors = impostors[:1] }",
			"changes impostors, which the tests read"},
		{"an element of it is replaced", "my_test.go", "func f() { impostors[0] = \"\" }",
			"changes impostors, which the tests read"},
		{"its address is handed on", "my_test.go", "func f() { g(&impostors) }", "changes impostors, which the tests read"},
		{"a variable is filled by a function", "my_test.go", "var _ = func() int { return 1 }()",
			"a function runs before every test, to fill a variable"},
		{"code asks for the test's flags", "my.go", "import \"flag\"\n\nvar _ = flag.Lookup(\"test.v\")",
			"flag.Lookup tells code whether it is under test, or ends it"},
		{"code asks by another name", "my.go", "import x \"os\"\n\nfunc f() bool { return len(x.Args) > 1 }",
			"x.Args tells code whether it is under test, or ends it"},
		{"code imports testing", "my.go", "import \"testing\"\n\nvar _ testing.TB", "imports testing outside a test"},
		{"code runs under some builds", "my.go", "//go:build race", "tells the compiler go:build"},

		{"a variable of one's own with that name", "my.go", "func f() { impostors := 1; impostors = 2; _ = impostors }", ""},
		{"a parameter with that name", "my.go", "func f(impostors int) { impostors++ }", ""},
		{"a field with that name", "my.go", "func f(x struct{ impostors int }) { x.impostors++ }", ""},
		{"a test of one's own", "my_test.go", "import \"testing\"\n\nfunc TestMine(t *testing.T) { t.Run(\"a\", nil) }", ""},
		{"another value called flag", "my.go", "func f(flag struct{ Lookup int }) int { return flag.Lookup }", ""},
		{"a function that is called later", "my.go", "var f = func() { func() {}() }", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			text := "package p\n\n" + row.text + "\n"
			if row.want == "tells the compiler go:build" {
				text = row.text + "\n\npackage p\n"
			}
			ch := &course.Chapter{Name: "01-x", Reference: course.Tree{"given_test.go": given},
				Disk: course.Tree{"given_test.go": given, row.file: text}}
			var got strings.Builder
			for _, h := range hooksOf(ch) {
				got.WriteString(h.what)
			}
			assert.Equal(t, row.want, got.String())
		})
	}
}
