package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheck_makesNoFile(t *testing.T) {
	dir := t.TempDir()
	path, err := Check(t.Context(), filepath.Join(dir, "new", "authbook.db"))
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "new", "authbook.db"), path)
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, entries)

	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("no database, and long enough not to look like an empty one"), 0o600))
	_, err = Check(t.Context(), file)
	require.ErrorContains(t, err, "not a SQLite database")
	_, err = Check(t.Context(), filepath.Join(file, "authbook.db"))
	require.Error(t, err, "a file is no folder")
	_, err = Check(t.Context(), "dbname=auth")
	require.ErrorContains(t, err, "neither a file nor")
}

// A release asks before it serves whether its way back is closed.
func TestCheck_looksAtTheSchema(t *testing.T) {
	newest := schema()[len(schema())-1].version
	rows := []struct {
		name      string
		steps     []migration // that made it; nil: nobody has yet
		wantsMore bool
	}{
		{"a new database", nil, false},
		{"its own", schema(), false},
		{"a newer one that it can use", next(newest, newColumn), false},
		{"a newer one that it can't use", next(newest+1, newColumn), true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			eachSQL(t, func(t *testing.T, databaseURL func(testing.TB) string) {
				u := databaseURL(t)
				if row.steps != nil {
					openSchema(t, u, row.steps)
				}
				_, err := Check(t.Context(), u)
				if row.wantsMore {
					require.ErrorContains(t, err, "made by a newer release")
					return
				}
				require.NoError(t, err)
			})
		})
	}
}
