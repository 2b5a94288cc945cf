package logs

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// fileBytes is when a file is full. It ends then, or with its day.
const fileBytes = 16 << 20

// A file is named after the moment when it was begun, in UTC, so that the names
// sort by time.
const (
	filePrefix = "audit-"
	fileSuffix = ".log"
	dayLayout  = "20060102"
	nameLayout = filePrefix + dayLayout + "T150405.000Z" + fileSuffix
)

// Folder keeps lines in files, for a while. Any number of processes may write
// to one: each write is appended whole, and none of them holds a file open. So
// a file may also be moved away or removed at any time.
type Folder struct {
	dir     string
	days    int
	current string // the file in use; "" at first
}

// NewFolder returns a folder that is there. It keeps the lines of so many days, in
// as many files: the oldest file goes when there are more, or when it is too old.
func NewFolder(dir string, days int) *Folder { return &Folder{dir: dir, days: days} }

// Write appends lines to the newest file, or begins the next one. It is for one
// goroutine at a time.
func (f *Folder) Write(lines []byte) (n int, err error) {
	file, err := f.open()
	if err != nil {
		return 0, err
	}
	if err := endLine(file); err != nil {
		return 0, errors.Join(err, file.Close())
	}
	n, err = file.Write(lines)
	return n, errors.Join(err, file.Close())
}

// endLine ends a line of which a crash or a full disk left half. Where another
// process is in the middle of its line, that makes an empty line after it.
func endLine(file *os.File) error {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	var last [1]byte
	if _, err := file.ReadAt(last[:], info.Size()-1); err != nil || last[0] == '\n' {
		return err
	}
	_, err = file.WriteString("\n")
	return err
}

// open opens the file for the next lines: the one in use, or the newest that
// another process began, or a new one.
func (f *Folder) open() (*os.File, error) {
	if file := f.reopen(f.current); file != nil {
		return file, nil
	}
	names, err := f.names()
	if err != nil {
		return nil, err
	}
	if len(names) > 0 {
		f.current = names[len(names)-1]
		if file := f.reopen(f.current); file != nil {
			return file, nil
		}
	}
	f.prune(names)
	f.current = time.Now().UTC().Format(nameLayout)
	return os.OpenFile(f.path(f.current), os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o600)
}

// reopen opens a file of today that has room. It returns nil if there is none.
func (f *Folder) reopen(name string) *os.File {
	if !strings.HasPrefix(name, filePrefix+time.Now().UTC().Format(dayLayout)) {
		return nil
	}
	file, err := os.OpenFile(f.path(name), os.O_RDWR|os.O_APPEND, 0)
	if err != nil {
		return nil
	}
	if info, err := file.Stat(); err != nil || info.Size() >= fileBytes {
		_ = file.Close()
		return nil
	}
	return file
}

// names returns the files of the folder, the oldest first.
func (f *Folder) names() ([]string, error) {
	entries, err := os.ReadDir(f.dir) // sorted
	var names []string
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), filePrefix) && strings.HasSuffix(entry.Name(), fileSuffix) {
			names = append(names, entry.Name())
		}
	}
	return names, err
}

// prune makes room for one more file. What can't be removed stays.
func (f *Folder) prune(names []string) {
	names = slices.Clone(names)
	oldest := time.Now().UTC().AddDate(0, 0, -f.days).Format(nameLayout)
	for len(names) > 0 && (len(names) >= f.days || names[0] < oldest) {
		_ = os.Remove(f.path(names[0]))
		names = names[1:]
	}
}

func (f *Folder) path(name string) string { return filepath.Join(f.dir, name) }
