package deploy

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReplaceLink(t *testing.T) {
	type row struct {
		name   string
		before func(t *testing.T, link string) // what is there already
	}
	rows := []row{
		{"a first link", func(*testing.T, string) {}},
		{"a link to something else", func(t *testing.T, link string) { require.NoError(t, os.Symlink("old", link)) }},
		{"a link to the same", func(t *testing.T, link string) { require.NoError(t, os.Symlink("new", link)) }},
		{"a link to nothing", func(t *testing.T, link string) { require.NoError(t, os.Symlink("gone", link)) }},
		{"what a crash left of the last switch", func(t *testing.T, link string) {
			require.NoError(t, os.Symlink("old", link))
			require.NoError(t, os.Symlink("half", link+".new"))
		}},
	}
	exercise.Rows(t, "5.8", rows, func(t *testing.T, row row) {
		dir := t.TempDir()
		link := filepath.Join(dir, "current")
		row.before(t, link)
		require.NoError(t, replaceLink("new", link))
		target, err := os.Readlink(link)
		require.NoError(t, err)
		assert.Equal(t, "new", target, "the next start must run the new release")
		entries, err := os.ReadDir(dir)
		require.NoError(t, err)
		assert.Len(t, entries, 1, "nothing temporary may stay: the next switch would trip over it")
	})
}

// A switch that removes the old link first leaves a moment without any.
func TestReplaceLink_leavesNoGap(t *testing.T) {
	exercise.Needs(t, "5.8")
	dir := t.TempDir()
	link := filepath.Join(dir, "current")
	require.NoError(t, os.Symlink("old", link))
	removed := watchRemoved(t, dir)
	require.NoError(t, replaceLink("new", link))
	assert.NotContains(t, removed(), "current",
		"for a moment there was no current release: a start at that moment fails")
}

func TestReplaceLink_thatFailsKeepsTheOldLink(t *testing.T) {
	exercise.Needs(t, "5.8")
	link := filepath.Join(t.TempDir(), "current")
	require.NoError(t, os.Symlink("old", link))
	// The temporary name is taken by a folder that cannot simply be removed.
	require.NoError(t, os.MkdirAll(filepath.Join(link+".new", "full"), 0o755))
	require.Error(t, replaceLink("new", link))
	target, err := os.Readlink(link)
	require.NoError(t, err, "a switch that fails must leave what was there")
	assert.Equal(t, "old", target)
}

func TestReplaceLink_saysWhichStepFailed(t *testing.T) {
	type row struct {
		name, inTheWay string // a folder that can't be removed, or the folder of the link is missing
		want           string
	}
	rows := []row{
		{"the temporary name is taken for good", "current.new", "remove"},
		{"the folder is gone", "", "symlink"},
		{"a folder has the name of the link", "current", "rename"},
	}
	exercise.Rows(t, "5.8", rows, func(t *testing.T, row row) {
		dir := filepath.Join(t.TempDir(), "slots")
		if row.inTheWay != "" {
			require.NoError(t, os.MkdirAll(filepath.Join(dir, row.inTheWay, "full"), 0o755))
		}
		require.ErrorContains(t, replaceLink("new", filepath.Join(dir, "current")), row.want,
			"who reads it must know what stands in the way")
		entries, _ := os.ReadDir(dir) // which may be missing
		assert.LessOrEqual(t, len(entries), 1, "nothing temporary may stay: the next switch would trip over it")
	})
}
