package deploy

import (
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestListenFDs(t *testing.T) {
	type row struct {
		name string
		env  map[string]string
		want []string
		err  string
	}
	rows := []row{
		{"one listener", handed("42", "1", "http"), []string{"http"}, ""},
		{"two listeners, in their order", handed("42", "2", "https:http"), []string{"https", "http"}, ""},
		{"listeners without names", handed("42", "2", ""), []string{"unknown", "unknown"}, ""},
		{"no service manager", nil, nil, ""},
		{"listeners for the parent", handed("41", "1", "http"), nil, ""},
		{"64 listeners", handed("42", "64", ""), slices.Repeat([]string{"unknown"}, 64), ""},
		{"a listener more", handed("42", "65", ""), nil, `"65" is not a number from 0 to 64`},
		{"no listener", handed("42", "0", ""), nil, ""},
		{"a number that is a word", handed("42", "one", ""), nil, `"one" is not a number`},
		{"no number", handed("42", "", ""), nil, `"" is not a number`},
		{"a number below zero", handed("42", "-1", ""), nil, `"-1" is not a number`},
		{"a number beyond all sense", handed("42", "99999999999999999", ""), nil, "is not a number"},
		{"too few names", handed("42", "2", "http"), nil, "1 names for 2 listeners"},
		{"too many names", handed("42", "1", "http:https"), nil, "2 names for 1 listeners"},
	}
	exercise.Rows(t, "5.4", rows, func(t *testing.T, row row) {
		names, err := listenFDs(environment(row.env), 42)
		if row.err != "" {
			require.ErrorContains(t, err, row.err, "a wrong hand-over must stop the start, not serve nobody")
			return
		}
		require.NoError(t, err)
		if len(row.want) == 0 {
			assert.Empty(t, names, "nothing is handed over: a slice that is nil or empty says so")
			return
		}
		assert.Equal(t, row.want, names, "a name must go with its own descriptor, and nobody else's be taken")
	})
}

// handed is the environment of a process that gets listeners handed over.
func handed(pid, fds, names string) map[string]string {
	return map[string]string{"LISTEN_PID": pid, "LISTEN_FDS": fds, "LISTEN_FDNAMES": names}
}

// A process gets its listener the way systemd hands it over, and answers on it.
func TestInherited_inAProcessOfItsOwn(t *testing.T) {
	exercise.Needs(t, "5.4")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	file, err := listener.(*net.TCPListener).File()
	require.NoError(t, err)
	defer file.Close()

	// The shell keeps its process id over exec: LISTEN_PID is then the child's.
	command := exec.CommandContext(t.Context(), "sh", "-c", `LISTEN_PID=$$ exec "$0"`, os.Args[0])
	command.Env = append(os.Environ(), "DEPLOY_TEST_CHILD=1", "LISTEN_FDS=1", "LISTEN_FDNAMES=http")
	command.ExtraFiles = []*os.File{file}
	command.Stderr = os.Stderr
	require.NoError(t, command.Start())
	defer func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	}()
	res, err := http.Get("http://" + listener.Addr().String()) // waits in the listener until the child accepts
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	assert.Equal(t, "the child", string(text))
}

// child is the process of that test.
func child() {
	listeners, err := Inherited(os.Getenv)
	if err != nil || listeners["http"] == nil {
		_, _ = io.WriteString(os.Stderr, "the child got no listener\n")
		os.Exit(1)
	}
	_ = http.Serve(listeners["http"], http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "the child")
	}))
}

func TestTakeListeners_refusesWhatIsNoListener(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	require.NoError(t, err)
	defer file.Close()
	fd, err := duplicate(file)
	if errors.Is(err, errors.ErrUnsupported) {
		t.Skip("no service manager of this system hands over descriptors")
	}
	require.NoError(t, err)
	_, err = takeListeners([]string{"http"}, fd)
	require.ErrorContains(t, err, "(http) is not a listener")
}
