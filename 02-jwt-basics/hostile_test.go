package jwtbasics

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostileTokens are what makes a verifier work, each in its own way.
func hostileTokens(ring *KeyRing) map[string]string {
	genuine := must(NewSigner(ring).Sign(claimsAt(time.Now())))
	header, _, _ := strings.Cut(genuine, ".")
	forge := ringForger(ring.keys[0])
	filled := MaxTokenBytes - len(header) - 50
	return map[string]string{
		"genuine":                   genuine,
		"genuine, 4 KiB of names":   forge.payload("{" + strings.Repeat(`"a":1,`, filled*3/4/6)),
		"genuine, 4 KiB of spaces":  forge.payload("{" + strings.Repeat(" ", filled*3/4)),
		"genuine, 4 KiB of nesting": forge.payload(strings.Repeat(`{"a":`, filled*3/4/5)),
		"4 KiB, wrong MAC":          header + "." + strings.Repeat("A", filled) + "." + strings.Repeat("A", 43),
		"15 KiB, as a header holds": header + "." + strings.Repeat("A", 15<<10) + "." + strings.Repeat("A", 43),
		"10 MB of dots":             strings.Repeat(".", 10<<20),
		"10 MB in one segment":      strings.Repeat("A", 10<<20),
	}
}

// BenchmarkVerifier_hostileTokens shows that no token of any size costs more
// than some microseconds: the goal is below 5 ms.
func BenchmarkVerifier_hostileTokens(b *testing.B) {
	exercise.Needs(b, "2.1", "2.2")
	ring := must(NewKeyRing(secretOf("a"), secretOf("b")))
	verifier := must(NewVerifier(ring, testPolicy))
	for name, token := range hostileTokens(ring) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = verifier.Verify(token)
			}
		})
	}
}

// A token can't make the server fetch a key: nothing here could.
func TestPackage_fetchesNothing(t *testing.T) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	checked := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		source, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly)
		require.NoError(t, err)
		for _, spec := range source.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			first, _, _ := strings.Cut(path, "/")
			assert.NotContains(t, []string{"net", "os", "syscall", "plugin"}, first, "%s imports %s", name, path)
			checked++
		}
	}
	require.Positive(t, checked)
}
