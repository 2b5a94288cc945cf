package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// backupsFolder is where the copies are on the machine.
const backupsFolder = "/var/lib/authbook/backups/"

// backup copies the database on the machine and, where a file is named, from
// there to it.
func backup(ctx context.Context, m *machine, args []string) error {
	if len(args) > 0 && exists(args[0]) {
		return fmt.Errorf("%s exists already; an older copy must not be lost", args[0])
	}
	var stdout strings.Builder
	if err := m.host(ctx, nil, &stdout, "backup"); err != nil {
		return err
	}
	printed := strings.TrimSpace(stdout.String())
	m.app.say("%s", printed)
	if len(args) == 0 {
		return nil
	}
	return m.fetch(ctx, printed, args[0])
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// fetch copies a copy of the machine to a new file here, whole or not at all.
func (m *machine) fetch(ctx context.Context, path, to string) error {
	if !strings.HasPrefix(path, backupsFolder) {
		return errors.New("there is no copy to fetch")
	}
	if err := m.download(ctx, to, "fetch", path); err != nil {
		return err
	}
	m.app.say("%s is the same on this computer; it holds password hashes, so keep it like the database", to)
	return nil
}

// download writes what a command of the agent prints to a new file here, whole or
// not at all.
func (m *machine) download(ctx context.Context, to string, args ...string) error {
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = errors.Join(m.host(ctx, nil, file, args...), file.Sync(), file.Close())
	if err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// restore puts the users of a copy back: one of this computer, or one of the
// machine's own.
func restore(ctx context.Context, m *machine, args []string) error {
	path := args[0]
	if strings.HasPrefix(path, backupsFolder) {
		return m.host(ctx, nil, m.app.stdout, "restore", path)
	}
	err := m.upload(ctx, path, "restore")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s on this computer; those on the machine are in %s", path, backupsFolder)
	}
	return err
}

// export writes all users of the machine to a new file here.
func export(ctx context.Context, m *machine, args []string) error {
	if err := m.download(ctx, args[0], "export"); err != nil {
		return err
	}
	m.app.say("%s has all users with their password hashes; delete it when it is imported", args[0])
	return nil
}

// importUsers adds the users of a file here to a machine that has none.
func importUsers(ctx context.Context, m *machine, args []string) error {
	return m.upload(ctx, args[0], "import")
}

// upload sends a file to a command of the agent.
func (m *machine) upload(ctx context.Context, path, command string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return m.host(ctx, file, m.app.stdout, "-size", strconv.FormatInt(info.Size(), 10), command)
}
