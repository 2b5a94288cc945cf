package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// DatabaseURL is the database of a machine whose operator chose no other; the
// template of the slots sets the same.
const DatabaseURL = "/var/lib/authbook/authbook.db"

// asService returns the command that runs the serving release with arguments
// as the service does: its user, its environment, its folder.
func (h *host) asService(ctx context.Context, args ...string) *exec.Cmd {
	all := []string{
		"--quiet", "--pipe", "--wait", "--collect",
		"--property=User=" + user,
		"--property=Group=" + user,
		"--property=UMask=0077",
		"--property=NoNewPrivileges=yes",
		"--property=ProtectSystem=strict",
		"--property=StateDirectory=authbook authbook/backups",
		"--property=StateDirectoryMode=0700",
		"--property=WorkingDirectory=/var/lib/authbook",
		"--property=Environment=DATABASE_URL=" + DatabaseURL,
		"--property=EnvironmentFile=-/etc/authbook/slot-" + string(h.layout.Current()) + ".env",
		"--property=EnvironmentFile=-/etc/authbook/authbook.env",
		h.path("opt/authbook/current/" + deploy.Binary),
	}
	for _, arg := range args {
		all = append(all, strings.ReplaceAll(arg, "$", "$$")) // systemd would expand $NAME
	}
	return exec.CommandContext(ctx, "systemd-run", all...)
}

// admin runs `final admin …`.
func (h *host) admin(ctx context.Context, args []string) error {
	if h.layout.Current() == "" {
		return errNothingShipped
	}
	var complaint strings.Builder
	c := h.asService(ctx, args...)
	c.Stdout, c.Stderr = h.out, &complaint
	err := c.Run()
	records, rest := splitRecords(complaint.String())
	toJournal(ctx, records)
	if err != nil {
		return errors.New(strings.TrimSpace(rest + "\n" + ifEmpty(rest, err)))
	}
	return nil
}

// splitRecords parts the audit records from what else `final admin` said.
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

// toJournal puts records where those of the server are. That it fails stops no
// operator in the middle of an incident.
func toJournal(ctx context.Context, records string) {
	if records == "" {
		return
	}
	c := exec.CommandContext(ctx, "systemd-cat", "--identifier=authbook")
	c.Stdin = strings.NewReader(records)
	_ = c.Run()
}

func ifEmpty(text string, err error) string {
	if strings.TrimSpace(text) != "" {
		return ""
	}
	return err.Error()
}

var errNothingShipped = errors.New("nothing is shipped to this machine yet")

// keepBackups is how many copies of the database stay.
const keepBackups = 5

// backupBefore copies the database before a new release may migrate it.
func (h *host) backupBefore(ctx context.Context) error {
	if h.layout.Current() == "" {
		return nil // there is no database yet
	}
	return h.backup(ctx)
}

// backup copies the SQLite database while the server goes on.
func (h *host) backup(ctx context.Context) error {
	if h.layout.Current() == "" {
		return errNothingShipped
	}
	if h.onPostgreSQL() {
		h.say("  the database is PostgreSQL: it is backed up with pg_dump, not here")
		return nil
	}
	path := h.path("var/lib/authbook/backups/" + time.Now().UTC().Format("20060102T150405.000Z") + ".db")
	var complaint strings.Builder
	c := h.asService(ctx, "backup", path)
	c.Stdout, c.Stderr = io.Discard, &complaint
	if err := c.Run(); err != nil {
		return errors.New(lastLine(complaint.String() + ifEmpty(complaint.String(), err)))
	}
	h.say("  %s", path)
	return h.pruneBackups()
}

// onPostgreSQL reports whether the operator has chosen PostgreSQL.
func (h *host) onPostgreSQL() bool {
	text, _ := os.ReadFile(h.path("etc/authbook/authbook.env")) // not there: nothing chosen
	for line := range strings.Lines(string(text)) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), "DATABASE_URL=")
		if ok && strings.HasPrefix(strings.Trim(value, `"'`), "postgres") {
			return true
		}
	}
	return false
}

// pruneBackups removes all but the newest copies. Their names sort by time.
func (h *host) pruneBackups() error {
	paths, err := filepath.Glob(h.path("var/lib/authbook/backups/*.db"))
	if err != nil {
		return err
	}
	slices.Sort(paths)
	for _, path := range paths[:max(0, len(paths)-keepBackups)] {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// status says what is installed and what serves.
func (h *host) status(ctx context.Context) error {
	slot := h.layout.Current()
	if slot == "" {
		return errNothingShipped
	}
	h.say("address   %s", h.address(slot))
	state, err := command(ctx, "systemctl", "is-active", unit(slot))
	if err != nil {
		state = "not running"
	}
	h.say("serving   %s (slot %s, %s)", h.layout.In(slot), slot, state)
	releases, err := h.layout.Releases()
	if err != nil {
		return err
	}
	for _, release := range releases {
		h.say("release   %s%s", release.Version, servedText(release))
	}
	return nil
}

func servedText(r deploy.Release) string {
	if r.Served.Unix() <= 0 {
		return ", never served"
	}
	return fmt.Sprintf(", served since %s", r.Served.UTC().Format(time.DateTime))
}
