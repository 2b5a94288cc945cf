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
func (c copier) export(ctx context.Context) error {
	path := c.path(state + "exported.jsonl")
	if err := os.RemoveAll(path); err != nil { // what a power cut left
		return err
	}
	defer os.Remove(path)
	if err := c.runFinal(ctx, io.Discard, "admin", "export", path); err != nil {
		return err
	}
	return c.send(path)
}

// importUsers adds the users of an export that comes from the operator.
func (c copier) importUsers(ctx context.Context) error {
	if c.layout.Current() == "" {
		return errNothingShipped
	}
	path, err := c.receiveCopy(ctx)
	if err != nil {
		return err
	}
	defer os.Remove(path)
	return c.runFinal(ctx, c.out, "admin", "import", path)
}

// send sends a file of the service's user to the operator. A link in that user's
// folder may lead anywhere.
func (c copier) send(path string) error {
	file, err := os.OpenInRoot(filepath.Dir(path), filepath.Base(path))
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(c.out, file)
	return err
}
