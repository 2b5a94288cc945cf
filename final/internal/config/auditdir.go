package config

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
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

// MakeAuditDir is [Config.MakeAuditDir] for the operator's commands. It also returns
// for how many days the folder keeps its lines.
func MakeAuditDir(getenv func(string) string, database string) (dir string, days int, err error) {
	c := Config{AuditDir: environment(getenv).value("AUDIT_DIR")}
	if err := c.readAuditDays(getenv); err != nil {
		return "", 0, err
	}
	dir, err = c.MakeAuditDir(database)
	return dir, c.AuditDays, err
}

// readAuditDays reads AUDIT_DAYS: whole days, up to ten years.
func (c *Config) readAuditDays(get environment) error {
	days, err := strconv.Atoi(get.value("AUDIT_DAYS"))
	if err != nil || days < 1 || days > 3650 {
		return fmt.Errorf("AUDIT_DAYS must be a number of days, from 1 to 3650, such as %s", defaultOf("AUDIT_DAYS"))
	}
	c.AuditDays = days
	return nil
}
