package mark

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUnfinished(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("package p\n\n"+text+"\n"), 0o600))
	}
	write("a.go", "//workbook:exercise 1.10\nfunc A() { panic(\"TODO 1.10 A\") }")
	write("b.go", "//workbook:exercise 1.2\nvar b = []int{}\n\n//workbook:exercise 1.3\nfunc C() {}")
	write("b_test.go", "//workbook:exercise 1.4\nvar rows = []int{}")

	got, err := Unfinished(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	assert.Equal(t, []string{"1.2 b", "1.10 A"}, got,
		"in the order of the course, and no test: no server runs through it")

	write("c.go", "func (")
	again, err := Unfinished(filepath.Join(dir, "*.go"))
	require.NoError(t, err, "it has no exercise")
	assert.Equal(t, got, again)

	write("d.go", "//workbook:exercise 1.5\nfunc D() { panic(\"TODO 1.5 D\")")
	_, err = Unfinished(filepath.Join(dir, "*.go"))
	assert.ErrorContains(t, err, "d.go:4", "what is finished can't be told")
}
