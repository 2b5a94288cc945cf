package agent

import (
	"context"
	"io"
	"os"
	"path/filepath"
)

// state is the folder of the service's user.
const state = "/var/lib/authbook/"

// export sends all users to the operator. The file holds password hashes, so
// nothing of it stays here.
func (m *machine) export(ctx context.Context) error {
	path := m.path(state + "exported.jsonl")
	if err := os.RemoveAll(path); err != nil { // what a power cut left
		return err
	}
	defer os.Remove(path)
	if err := m.runFinal(ctx, io.Discard, "admin", "export", path); err != nil {
		return err
	}
	return m.send(path)
}

// importUsers adds the users of an export that comes from the operator.
func (m *machine) importUsers(ctx context.Context) error {
	if m.layout.Current() == "" {
		return errNothingShipped
	}
	path, err := m.receiveCopy(ctx)
	if err != nil {
		return err
	}
	defer os.Remove(path)
	return m.runFinal(ctx, m.out, "admin", "import", path)
}

// send sends a file of the service's user to the operator. A link in that user's
// folder may lead anywhere.
func (m *machine) send(path string) error {
	file, err := os.OpenInRoot(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(m.out, file)
	return err
}
