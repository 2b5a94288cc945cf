// Package systemd holds the units of the server on its machine: two sockets
// that keep the ports, one service that starts the slot that serves, the two slots
// as instances of a template, and two timers: one makes the backup of the day, and one
// that of the minute.
package systemd

import (
	"embed"
	"io/fs"
)

//go:embed *.socket *.service *.timer
var files embed.FS

// Units returns the text of every unit by its file name.
func Units() (map[string]string, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	units := map[string]string{}
	for _, entry := range entries {
		text, err := files.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		units[entry.Name()] = string(text)
	}
	return units, nil
}
