package agent

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// auditEvery is how often the audit log is looked at for new records.
const auditEvery = 500 * time.Millisecond

// auditLogs prints the records in the files of AUDIT_DIR, whose names sort by time.
func (l looker) auditLogs(ctx context.Context, o logOptions) error {
	// The service's user owns the folder, and a link in it may lead anywhere.
	folder, err := os.OpenRoot(l.path(cmp.Or(l.chosen("AUDIT_DIR"), "var/log/authbook")))
	if err != nil {
		return err
	}
	defer folder.Close()
	read := auditReader{folder: folder, options: o}
	old, err := read.more()
	for _, line := range old[max(0, len(old)-o.lines):] {
		l.say("%s", line)
	}
	for err == nil && o.follow {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(auditEvery):
		}
		var lines []string
		lines, err = read.more()
		for _, line := range lines {
			l.say("%s", line)
		}
	}
	return err
}

// auditReader reads a folder of records, and knows how far it is.
type auditReader struct {
	folder  *os.Root
	options logOptions
	name    string // the file that it is in
	offset  int64
}

// more returns the records that are wanted among those that were not read yet.
func (a *auditReader) more() (lines []string, err error) {
	names, err := fs.Glob(a.folder.FS(), "audit-*.log")
	for _, name := range names { // sorted
		if err != nil || name < a.name {
			continue
		}
		if name > a.name {
			a.name, a.offset = name, 0
		}
		err = a.read(&lines)
	}
	return lines, err
}

// read goes on in the file where it was. A record without its end comes later.
func (a *auditReader) read(lines *[]string) error {
	file, err := a.folder.Open(a.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // its time was over
	}
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Seek(a.offset, io.SeekStart); err != nil {
		return err
	}
	for records := bufio.NewReader(file); ; {
		line, err := records.ReadString('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		a.offset += int64(len(line))
		if line = strings.TrimSpace(line); a.options.wants(line) {
			*lines = append(*lines, line)
		}
		if old := len(*lines) - a.options.lines; old > 1000 { // the log may be larger than the memory
			*lines = slices.Delete(*lines, 0, old)
		}
	}
}

// wants reports whether a record is one of those that an operator wants.
func (o logOptions) wants(line string) bool {
	if o.match != nil && !o.match.MatchString(line) {
		return false
	}
	if o.since.IsZero() {
		return true
	}
	var record struct{ Time time.Time }
	return json.Unmarshal([]byte(line), &record) == nil && !record.Time.Before(o.since)
}
