package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// MakeAuditDir makes the folder of the audit log, which is for this user alone,
// and returns it. It is AUDIT_DIR, or else beside the SQLite database; on
// PostgreSQL database is "".
func (c Config) MakeAuditDir(database string) (string, error) {
	dir := cmp.Or(c.AuditDir, filepath.Join(besideDatabase(database), "audit"))
	if err := makePrivateDir(dir); err != nil {
		return "", fmt.Errorf("AUDIT_DIR: cannot keep the audit log in %s: %w", dir, plain(err))
	}
	info, err := os.Stat(dir)
	if err != nil {
		return "", fmt.Errorf("AUDIT_DIR: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0 {
		return "", fmt.Errorf("AUDIT_DIR: everybody can write to %s; take that away with: chmod o-w %s", dir, dir)
	}
	return dir, nil
}

// MakeAuditDir is [Config.MakeAuditDir] for the operator's commands.
func MakeAuditDir(getenv func(string) string, database string) (string, error) {
	return Config{AuditDir: environment(getenv).value("AUDIT_DIR")}.MakeAuditDir(database)
}
