package systemd

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUnits(t *testing.T) {
	units, err := Units()
	require.NoError(t, err)
	rows := []struct{ name, unit, line, why string }{
		{"the port stays open over a release", "authbook-http.socket", "Service=authbook.service",
			"a slot here could be started with the old release"},
		{"HTTPS too", "authbook-https.socket", "Service=authbook.service", "the same holds there"},
		{"the server can tell its listeners apart", "authbook-http.socket", "FileDescriptorName=http",
			"final looks for this name"},
		{"and find the one for HTTPS", "authbook-https.socket", "FileDescriptorName=https",
			"final looks for this name"},
		{"the starter stays active", "authbook.service", "RemainAfterExit=yes",
			"the sockets would start it over and over"},
		{"a slot takes both listeners", "authbook@.service", "Sockets=authbook-http.socket authbook-https.socket",
			"two slots share them during a switch"},
		{"the start of a slot leaves the other one's listeners alone", "authbook@.service", "NonBlocking=yes",
			"a quiet server hangs in accept and cannot stop"},
		{"and so does the starter", "authbook.service", "NonBlocking=yes", "the same happens at the first ship"},
		{"a slot runs its own release", "authbook@.service", "ExecStart=/opt/authbook/slots/%i/final",
			"the layout puts it there"},
		{"a release that is not ready fails its start", "authbook@.service", "Type=notify", "it would get traffic"},
		{"many releases may follow each other", "authbook@.service", "StartLimitIntervalSec=0",
			"the sixth in ten seconds would be refused"},
		{"both slots are one user", "authbook@.service", "User=authbook", "they share the database"},
		{"the journal keeps every line of a second", "authbook@.service", "LogRateLimitIntervalSec=1s",
			"a flood of requests hides what goes wrong; 0 is no \"off\" on systemd 252"},
		{"however many they are", "authbook@.service", "LogRateLimitBurst=1000000",
			"the default drops lines at some hundred requests a second"},
		{"the audit log has a folder", "authbook@.service", "LogsDirectory=authbook", "the server could write nowhere"},
		{"that nobody else reads", "authbook@.service", "LogsDirectoryMode=0700", "it says who was where"},
		{"and the server uses it", "authbook@.service",
			"Environment=DATABASE_URL=/var/lib/authbook/authbook.db LOG_FORMAT=json AUDIT_DIR=/var/log/authbook AUDIT_DAYS=90",
			"the audit log would be on the disk of the database"},
		{"the secret is a credential", "authbook@.service", "LoadCredential=auth_secret:/etc/authbook/auth_secret",
			"the environment of a process can be read"},
		{"a copy is made each day", "authbook-backup.timer", "OnCalendar=*-*-* 03:00", "there is none but those of ships"},
		{"also after a night without power", "authbook-backup.timer", "Persistent=yes", "a day would have none"},
		{"and soon on a new machine", "authbook-backup.timer", "OnActiveSec=10min", "an alarm would go on all day"},
		{"by the program that ship has brought", "authbook-backup.service", "ExecStart=/opt/authbook/host today",
			"it knows where the copies are"},
		{"and one each minute", "authbook-recent.timer", "OnUnitInactiveSec=1min", "a day would be lost with the disk"},
		{"by the same program", "authbook-recent.service", "ExecStart=/opt/authbook/host recent", "it knows where the copies are"},
		{"which says so to nobody", "authbook-recent.service", "LogLevelMax=notice", "the log would hold little else"},
		{"but complains", "authbook-recent.service", "SyslogLevel=notice", "nobody would know why there is no copy"},
		{"again where it fails", "authbook-backup.service", "Restart=on-failure", "a ship at that hour would cost the copy"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Contains(t, strings.Split(units[row.unit], "\n"), row.line, "else %s", row.why)
		})
	}
	assert.Len(t, units, 8)
}

var exposurePattern = regexp.MustCompile(`Overall exposure level for \S+: ([0-9.]+)`)

// systemd's own tools read the units as they would be installed.
func TestUnits_forSystemd(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not here: install systemd to check the units with it")
	}
	dir := t.TempDir()
	units, err := Units()
	require.NoError(t, err)
	program, err := exec.LookPath("true")
	require.NoError(t, err)
	var paths []string
	for name, text := range units {
		name = strings.Replace(name, "@", "@a", 1)
		// verify wants the program to be there.
		text = strings.NewReplacer("/opt/authbook/slots/%i/final", program, "/opt/authbook/host", program).Replace(text)
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		paths = append(paths, path)
	}
	output, err := exec.CommandContext(t.Context(), "systemd-analyze",
		append([]string{"verify", "--man=no"}, paths...)...).CombinedOutput()
	require.NoError(t, err, "%s", output)
	assert.Empty(t, string(output), "verify has nothing to say")

	output, err = exec.CommandContext(t.Context(), "systemd-analyze", "security", "--offline=yes", "--no-pager",
		filepath.Join(dir, "authbook@a.service")).CombinedOutput()
	require.NoError(t, err, "%s", output)
	match := exposurePattern.FindSubmatch(output)
	require.NotNil(t, match, "%s", output)
	exposure, err := strconv.ParseFloat(string(match[1]), 64)
	require.NoError(t, err)
	assert.LessOrEqual(t, exposure, 2.0, "the server can do more than it needs; systemd-analyze security says what")
}
