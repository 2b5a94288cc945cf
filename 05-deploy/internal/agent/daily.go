package agent

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"time"
)

// today makes the copy of the day, unless it is there, and gives it to
// BACKUP_COMMAND. authbook-backup.timer runs it.
func (c copier) today(ctx context.Context) error {
	if c.onPostgreSQL() {
		c.say("the database is PostgreSQL: it is backed up with pg_dump, not here")
		return nil
	}
	now := time.Now() // one for all: midnight may come meanwhile
	name := daily.nameAt(now)
	if _, err := os.Lstat(c.path(backups + name)); errors.Is(err, fs.ErrNotExist) {
		if _, err := c.copyNow(ctx, daily, now); err != nil {
			return err
		}
	}
	folder, err := c.openCopies()
	if err != nil {
		return err
	}
	defer folder.root.Close()
	if err := folder.keepWeekly(name, now); err != nil {
		return err
	}
	sent, err := c.sendElsewhere(ctx, folder, name, "", now)
	if sent != "" {
		c.say("BACKUP_COMMAND has taken %s", sent)
	}
	return err
}

// keepWeekly keeps the copy of today for longer if that of last week is a week old.
func (c copies) keepWeekly(name string, now time.Time) error {
	paths, err := c.names(weekly)
	if err != nil {
		return err
	}
	aWeekAgo := inBackups + weekly.nameAt(now.AddDate(0, 0, -7))
	if len(paths) > 0 && paths[len(paths)-1] > aWeekAgo {
		return nil
	}
	if err := c.root.Link(inBackups+name, inBackups+weekly.nameAt(now)); err != nil {
		return err
	}
	return c.prune(weekly)
}

// elsewhere is the file whose time says when a copy last left the machine.
const elsewhere = inBackups + "elsewhere"

// sendElsewhere sees to it that BACKUP_COMMAND has a copy, which holds all that was
// written until a moment. It returns the copy that was sent last, given the one of
// before; "" is none, since no command is set.
func (c copier) sendElsewhere(
	ctx context.Context, folder copies, name, sent string, moment time.Time,
) (string, error) {
	command := c.chosen("BACKUP_COMMAND")
	if command == "" {
		return sent, nil
	}
	if name != sent {
		if err := giveTo(ctx, command, folder, name); err != nil {
			return sent, err
		}
	}
	return name, folder.touch(elsewhere, moment)
}

// giveTo runs a BACKUP_COMMAND with a copy as its standard input.
func giveTo(ctx context.Context, command string, folder copies, name string) error {
	file, err := folder.root.Open(inBackups + name)
	if err != nil {
		return err
	}
	defer file.Close()
	run := exec.CommandContext(ctx, "systemd-run", offsiteArguments()...)
	run.Env = append(os.Environ(), "BACKUP_COMMAND="+command) // not on a command line, which others see
	run.Stdin = file
	output, err := run.CombinedOutput()
	if err != nil {
		return fmt.Errorf("BACKUP_COMMAND failed, and %s is not elsewhere: %s (%w)", name, LastLine(string(output)), err)
	}
	return nil
}

// touch makes a file be of a moment.
func (c copies) touch(name string, moment time.Time) error {
	file, err := c.root.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), c.root.Chtimes(name, moment, moment))
}

// offsiteProperties leave BACKUP_COMMAND the network and a folder of its own for
// what it has to write, and no more: it belongs to nobody, and sees neither the
// database nor the secret. What the copy holds it gets.
var offsiteProperties = [...]string{
	"DynamicUser=yes",
	"CapabilityBoundingSet=",
	"NoNewPrivileges=yes",
	"ProtectSystem=strict",
	"ProtectHome=yes",
	"PrivateTmp=yes",
	"PrivateDevices=yes",
	"ProtectClock=yes",
	"ProtectHostname=yes",
	"ProtectKernelLogs=yes",
	"ProtectKernelModules=yes",
	"ProtectKernelTunables=yes",
	"ProtectControlGroups=yes",
	"ProtectProc=invisible",
	"InaccessiblePaths=/var/lib/authbook -/var/log/authbook /etc/authbook",
	"RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
	"RestrictNamespaces=yes",
	"RestrictRealtime=yes",
	"RestrictSUIDSGID=yes",
	"LockPersonality=yes",
	"SystemCallArchitectures=native",
	"SystemCallFilter=@system-service",
	"SystemCallErrorNumber=EPERM",
	"UMask=0077",
	"WorkingDirectory=/tmp",
	"Environment=HOME=/tmp",
	"RuntimeMaxSec=1h",
}

func offsiteArguments() []string {
	args := []string{"--quiet", "--pipe", "--wait", "--collect", noNews, "--setenv=BACKUP_COMMAND"}
	for _, property := range offsiteProperties {
		args = append(args, "--property="+property)
	}
	// systemd would expand one dollar.
	return append(args, "/bin/sh", "-c", `eval "$$BACKUP_COMMAND"`)
}
