package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example.com/authbook/05-deploy/internal/folder"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// instance is a machine in a folder, of one test. Its programs are the tests' binary.
type instance struct {
	*folder.Machine
	t    *testing.T
	root string
	url  string
}

func newInstance(t *testing.T) *instance {
	t.Helper()
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	require.NoError(t, err)
	self, err := os.Executable()
	require.NoError(t, err)
	m, err := folder.New(t.TempDir(), self, listener)
	require.NoError(t, err)
	t.Cleanup(m.PowerOff)
	i := &instance{m, t, m.Root, m.URL()}
	i.know("kernel", "Linux x86_64")
	return i
}

func (i *instance) know(fact, text string) { require.NoError(i.t, i.Know(fact, text)) }

// file reads a file of the machine.
func (i *instance) file(path string) string {
	i.t.Helper()
	text, err := os.ReadFile(filepath.Join(i.root, path))
	require.NoError(i.t, err)
	return string(text)
}

// tree lists what is below a folder of the machine, with the targets of links.
func (i *instance) tree(path string) []string {
	var names []string
	base := filepath.Join(i.root, path)
	_ = filepath.WalkDir(base, func(name string, _ os.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		relative, _ := filepath.Rel(base, name)
		if target, err := os.Readlink(name); err == nil {
			relative += " → " + target
		}
		names = append(names, relative)
		return nil
	})
	return names
}

// revision is the commit that answers, "" for none.
func (i *instance) revision() string {
	i.t.Helper()
	var v struct{ Revision string }
	body, err := get(i.url + "/version")
	if err != nil {
		return ""
	}
	assert.NoError(i.t, json.Unmarshal(body, &v))
	return v.Revision
}

func get(url string) ([]byte, error) {
	// It keeps no connection.
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 10 * time.Second}
	res, err := client.Get(url)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	return io.ReadAll(res.Body)
}

func writeProgram(t *testing.T, path, text string) {
	t.Helper()
	require.NoError(t, folder.WriteProgram(path, text))
}
