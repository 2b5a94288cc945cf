package course

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMend(t *testing.T) {
	names := PackageNames{"example.com/go-yaml.v9": "yaml", "example.com/jwt/v5": "jwt"}
	tests := []struct {
		name, text string
		offered    []ImportSpec
		want       string
	}{
		{"an unused import goes, with its declaration",
			"package p\n\nimport \"fmt\"\n\nfunc f() {}\n", nil,
			"package p\n\nfunc f() {}\n"},
		{"a used one stays, others around it go",
			"package p\n\nimport (\n\t\"fmt\"\n\t\"os\"\n\n\t\"example.com/jwt/v5\"\n)\n\nvar _ = os.Args\n", nil,
			"package p\n\nimport (\n\t\"os\"\n)\n\nvar _ = os.Args\n"},
		{"a version in a path is not the name",
			"package p\n\nimport (\n\t\"math/rand/v2\"\n\n\t\"example.com/jwt/v5\"\n)\n\nvar _, _ = rand.N[int], jwt.X\n", nil,
			"package p\n\nimport (\n\t\"math/rand/v2\"\n\n\t\"example.com/jwt/v5\"\n)\n\nvar _, _ = rand.N[int], jwt.X\n"},
		{"a path that does not tell the name",
			"package p\n\nimport \"example.com/go-yaml.v9\"\n\nvar _ = yaml.X\n", nil,
			"package p\n\nimport \"example.com/go-yaml.v9\"\n\nvar _ = yaml.X\n"},
		{"a renamed import is known by its new name",
			"package p\n\nimport str \"strings\"\n\nvar strings = struct{ x int }{}\nvar _ = strings.x\n", nil,
			"package p\n\nvar strings = struct{ x int }{}\nvar _ = strings.x\n"},
		{"imports for their side effects stay",
			"package p\n\nimport (\n\t_ \"embed\"\n\t. \"fmt\"\n)\n", nil,
			"package p\n\nimport (\n\t_ \"embed\"\n\t. \"fmt\"\n)\n"},
		{"a local variable is not the package",
			"package p\n\nimport \"hash\"\n\nfunc f() {\n\thash := struct{ x int }{}\n\t_ = hash.x\n}\n", nil,
			"package p\n\nfunc f() {\n\thash := struct{ x int }{}\n\t_ = hash.x\n}\n"},
		{"an offered import comes when it is named",
			"package p\n\nvar _ = hex.EncodeToString\n", []ImportSpec{{"", "encoding/hex"}, {"", "os"}},
			"package p\n\nimport \"encoding/hex\"\n\nvar _ = hex.EncodeToString\n"},
		{"an offered import comes with its new name",
			"package p\n\nimport \"os\"\n\nvar _, _ = str.ToUpper, os.Args\n", []ImportSpec{{"str", "strings"}},
			"package p\n\nimport (\n\t\"os\"\n\tstr \"strings\"\n)\n\nvar _, _ = str.ToUpper, os.Args\n"},
		{"imports come in two groups",
			"package p\n\nimport \"example.com/jwt/v5\"\n\n// A comment.\nvar _, _, _ = str.ToUpper, os.Args, jwt.X\n", []ImportSpec{{"str", "strings"}, {"", "os"}},
			"package p\n\nimport (\n\t\"os\"\n\tstr \"strings\"\n\n\t\"example.com/jwt/v5\"\n)\n\n// A comment.\nvar _, _, _ = str.ToUpper, os.Args, jwt.X\n"},
		{"comments at imports stay",
			"package p\n\nimport (\n\t// for its files\n\t_ \"embed\"\n\t\"os\" // args\n)\n\nvar _, _ = fmt.Sprint, os.Args\n", []ImportSpec{{"", "fmt"}},
			"package p\n\nimport (\n\t// for its files\n\t_ \"embed\"\n\t\"fmt\"\n\t\"os\" // args\n)\n\nvar _, _ = fmt.Sprint, os.Args\n"},
		{"none comes twice",
			"package p\n\nimport \"os\"\n\nvar _ = os.Args\n", []ImportSpec{{"", "os"}},
			"package p\n\nimport \"os\"\n\nvar _ = os.Args\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := FixImports(tt.text, tt.offered, names)
			require.NoError(t, err)
			assert.Equal(t, tt.want, got, "a blanked file must compile, and a revealed one too")
		})
	}
}

func TestNamesOf(t *testing.T) {
	names, err := NamesOf(t.Context(), ".",
		Tree{
			"a.go": "package p\n\nimport (\n\t\"fmt\"\n\t\"example.com/authbook/01-middleware\"\n\t\"example.com/authbook/nowhere\"\n)\n"})
	require.NoError(t, err)
	assert.Equal(t, PackageNames{"example.com/authbook/01-middleware": "middleware"}, names,
		"only Go knows that 01-middleware is middleware")
}
