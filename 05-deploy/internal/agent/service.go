package agent

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// DatabaseURL is the database of a machine whose operator chose no other; the
// template of the slots sets the same.
const DatabaseURL = "/var/lib/authbook/authbook.db"

// serviceProperties are those of the slots' template that a command needs too.
var serviceProperties = [...]string{
	"User=" + user,
	"Group=" + user,
	"UMask=0077",
	"NoNewPrivileges=yes",
	"ProtectSystem=strict",
	"StateDirectory=authbook authbook/backups",
	"StateDirectoryMode=0700",
	"WorkingDirectory=/var/lib/authbook",
	"LogsDirectory=authbook",
	"LogsDirectoryMode=0700",
	"ProtectHome=yes",
	"Environment=DATABASE_URL=" + DatabaseURL + " LOG_FORMAT=json AUDIT_DIR=/var/log/authbook AUDIT_DAYS=90",
}

// sources are the files that hold the settings of a process, and its secret.
type sources struct{ slot, operator, secret string }

// kept are those with which a slot starts.
func (m *machine) kept(slot deploy.Slot) sources {
	return sources{m.settingsFile(slot), m.path(operatorFile), m.path(secretFile)}
}

func (s sources) properties() []string {
	return append(slices.Clone(serviceProperties[:]),
		"EnvironmentFile=-"+s.slot, "EnvironmentFile=-"+s.operator, "LoadCredential=auth_secret:"+s.secret)
}

// noNews keeps the start and the end of what we run each minute out of the journal.
const noNews = "--property=LogLevelMax=notice"

// asService returns the command that runs a release with arguments as the
// service does: its user, its environment, its folder.
func (m *machine) asService(ctx context.Context, from sources, program string, args ...string) *exec.Cmd {
	all := []string{"--quiet", "--pipe", "--wait", "--collect", noNews}
	for _, property := range from.properties() {
		all = append(all, "--property="+property)
	}
	all = append(all,
		"--setenv=SUDO_USER="+os.Getenv("SUDO_USER"), // who does this, for the audit record
		"--setenv=SUDO_UID="+os.Getenv("SUDO_UID"),
		program)
	for _, arg := range args {
		all = append(all, strings.ReplaceAll(arg, "$", "$$")) // systemd would expand $NAME
	}
	return exec.CommandContext(ctx, "systemd-run", all...)
}

// runFinal runs a command of the serving release, such as `final admin list`.
func (m *machine) runFinal(ctx context.Context, stdout io.Writer, args ...string) error {
	slot := m.layout.Current()
	if slot == "" {
		return errNothingShipped
	}
	program := m.path("opt/authbook/current/" + deploy.Binary)
	return m.finish(ctx, m.asService(ctx, m.kept(slot), program, args...), stdout)
}

// finish runs a command of a release to its end. Its error is what the command
// complained about in the end; what it remarked before that, such as a warning,
// goes to m.remarks.
func (m *machine) finish(ctx context.Context, c *exec.Cmd, stdout io.Writer) error {
	var complaint strings.Builder
	c.Stdout, c.Stderr = stdout, &complaint
	err := c.Run()
	records, rest := splitRecords(complaint.String())
	toJournal(ctx, records)
	if err != nil {
		reason := LastLine(rest)
		rest = strings.TrimSuffix(strings.TrimSpace(rest), reason)
		err = errors.New(cmp.Or(reason, err.Error()))
	}
	_, _ = io.WriteString(m.remarks, rest)
	return err
}

// splitRecords parts the audit records from what else `final admin` said. Only a
// release without AUDIT_DIR writes them there.
func splitRecords(stderr string) (records, rest string) {
	for line := range strings.Lines(stderr) {
		if strings.Contains(line, "msg=audit") || strings.Contains(line, `"msg":"audit"`) {
			records += line
		} else {
			rest += line
		}
	}
	return records, rest
}

// toJournal puts records where those of such a release are. That it fails stops no
// operator in the middle of an incident.
func toJournal(ctx context.Context, records string) {
	if records == "" {
		return
	}
	c := exec.CommandContext(ctx, "systemd-cat", "--identifier=authbook")
	c.Stdin = strings.NewReader(records)
	_ = c.Run()
}

var errNothingShipped = errors.New("nothing is shipped to this machine yet")

// status says what is installed, what serves, and how it does.
func (l looker) status(ctx context.Context) error {
	slot := l.layout.Current()
	if slot == "" {
		return errNothingShipped
	}
	l.say("address   %s", l.address(slot))
	l.sayHealth(ctx, slot)
	state, err := command(ctx, "systemctl", "is-active", unit(slot))
	if err != nil {
		state = "not running"
	}
	l.say("serving   %s (slot %s, %s)", l.layout.In(slot), slot, state)
	releases, err := l.layout.Releases()
	if err != nil {
		return err
	}
	for _, release := range releases {
		l.say("release   %s%s", release.Version, servedText(release))
	}
	return nil
}

func servedText(r deploy.Release) string {
	if r.Served.Unix() <= 0 {
		return ", never served"
	}
	return fmt.Sprintf(", served since %s", r.Served.UTC().Format(time.DateTime))
}
