package config

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who may write there could remove records, or put a link in place of a file.
func TestMakeAuditDir_refusesAFolderThatEverybodyCanWrite(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such mode")
	}
	dir := filepath.Join(t.TempDir(), "open")
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, os.Chmod(dir, 0o777))
	_, err := Config{AuditDir: dir}.MakeAuditDir("")
	require.EqualError(t, err, "AUDIT_DIR: everybody can write to "+dir+"; take that away with: chmod o-w "+dir)
	require.NoError(t, os.Chmod(dir, 0o775))
	_, err = Config{AuditDir: dir}.MakeAuditDir("")
	require.NoError(t, err, "a group of collectors may")
}

func TestMakeAuditDir(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	rows := []struct{ name, set, database, want string }{
		{"beside the database", "", filepath.Join(dir, "authbook.db"), filepath.Join(dir, "audit")},
		{"with PostgreSQL there is no file to be beside", "", "", filepath.Join("data", "audit")},
		{"where the operator wants it", filepath.Join(dir, "logs"), "", filepath.Join(dir, "logs")},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			made, err := Config{AuditDir: row.set}.MakeAuditDir(row.database)
			require.NoError(t, err)
			assert.Equal(t, row.want, made)
			info, err := os.Stat(made)
			require.NoError(t, err)
			assert.Equal(t, os.FileMode(0o700), info.Mode().Perm(), "it says who was where")
			again, days, err := MakeAuditDir(testkit.Env(map[string]string{"AUDIT_DIR": row.set}), row.database)
			require.NoError(t, err)
			assert.Equal(t, 90, days)
			assert.Equal(t, made, again, "a command finds the server's")
		})
	}
}

func TestRead_auditDays(t *testing.T) {
	rows := []struct {
		set  string
		days int // 0: refused
	}{{"", 90}, {"1", 1}, {"3650", 3650}, {"0", 0}, {"-1", 0}, {"3651", 0}, {"90d", 0}, {"1.5", 0}}
	for _, row := range rows {
		t.Run(row.set, func(t *testing.T) {
			c, err := Read(testkit.Env(map[string]string{"AUDIT_DAYS": row.set}))
			if row.days == 0 {
				require.EqualError(t, err, "AUDIT_DAYS must be a number of days, from 1 to 3650, such as 90")
				_, _, err = MakeAuditDir(testkit.Env(map[string]string{"AUDIT_DAYS": row.set, "AUDIT_DIR": t.TempDir()}), "")
				require.Error(t, err, "nor does an operator's command take it")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, row.days, c.AuditDays)
		})
	}
}
