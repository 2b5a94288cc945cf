package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"example.com/authbook/internal/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// isReady is a server's first line, in any language.
var isReady = regexp.MustCompile(`^authbook .*: +(http\S+)$`)

// start is startProgram with hashes that cost next to nothing.
func start(t *testing.T, env map[string]string) (url string, printed *testkit.Log, stop func()) {
	t.Helper()
	return startProgram(t, cheapServer, env)
}

// startProgram runs a whole program and returns its URL once it says that it is
// ready, what it printed, and the switch that stops it and waits.
func startProgram(t *testing.T, p program, env map[string]string) (url string, printed *testkit.Log, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	stdout, writer := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := p(ctx, nil, testkit.Env(env), writer, io.Discard)
		writer.CloseWithError(io.EOF)
		ended <- err
	}()
	printed = &testkit.Log{}
	lines := bufio.NewScanner(io.TeeReader(stdout, printed))
	require.True(t, lines.Scan(), "the server ended before it was ready")
	ready := isReady.FindStringSubmatch(lines.Text())
	require.NotNil(t, ready, lines.Text())
	drained := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, io.TeeReader(stdout, printed))
		close(drained)
	}()
	return ready[1], printed, func() {
		http.DefaultClient.CloseIdleConnections() // a stop waits a while for clients to leave
		cancel()
		require.NoError(t, <-ended)
		<-drained
	}
}

func TestRun_keepsUsersAndSessionsOverARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": "sqlite:" + filepath.Join(dir, "authbook.db")}
	url, printed, stop := startProgram(t, run, env)
	post := func(path, body string, options ...option) answer {
		return (&server{t: t, url: url}).do("POST", path, body, options...)
	}
	require.Equal(t, http.StatusCreated, post("/signup", testkit.JinHo).status)
	a := post("/login", testkit.JinHoLogsIn)
	require.Equal(t, http.StatusOK, a.status)
	stop()
	assert.Contains(t, printed.String(), "Swagger UI:        "+url+"/swagger/\n")
	assert.Contains(t, printed.String(),
		"AUTH_SECRET is not set, using the secret kept in "+filepath.Join(dir, "secret")+"\n")
	assert.Contains(t, printed.String(), "AUDIT_DIR is not set, using "+filepath.Join(dir, "audit")+"\n")
	assert.Len(t, records(t, auditLog(t, filepath.Join(dir, "audit"))), 2, "the sign-up and the log-in")
	assert.NotContains(t, printed.String(), "\n  ADDR is not set")
	_, err := http.Get(url + "/healthz")
	require.Error(t, err, "after the stop nobody listens")

	url, _, stop = startProgram(t, run, env)
	defer stop()
	assert.Equal(t, http.StatusOK, (&server{t: t, url: url}).me(a.token(t)), "the kept secret still verifies the token")
	assert.Equal(t, http.StatusOK, post("/refresh", "", cookie(a.refresh(t))).status)
	assert.Equal(t, http.StatusOK, post("/login", testkit.JinHoLogsIn).status)
}

func TestRun_refusesToStart(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("no database, and long enough not to look like an empty one"), 0o600))
	rows := []struct {
		name string
		env  map[string]string
		want string
	}{
		{"on a taken port", map[string]string{"ADDR": taken.Addr().String(), "DATABASE_URL": filepath.Join(dir, "a.db")},
			"ADDR: another program listens on " + taken.Addr().String()},
		{"with a weak secret", map[string]string{"AUTH_SECRET": "hunter2", "DATABASE_URL": filepath.Join(dir, "b.db")},
			"AUTH_SECRET is too short"},
		{"in a folder that is a file", map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(file, "c.db")},
			file},
		{"on a file that is no database", map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": file}, file},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			err := run(t.Context(), nil, testkit.Env(row.env), io.Discard, io.Discard)
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.NotContains(t, err.Error(), "goroutine")
		})
	}
	assert.NoFileExists(t, filepath.Join(dir, "b.db"), "a refused configuration leaves nothing behind")
}

func TestRun_refusesAFolderThatCannotBeWritten(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("root may write everywhere: run as an ordinary user to see this")
	}
	dir := t.TempDir()
	require.NoError(t, os.Chmod(dir, 0o500))
	env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "data", "a.db")}
	err := run(t.Context(), nil, testkit.Env(env), io.Discard, io.Discard)
	require.ErrorContains(t, err, dir)
}

func TestRun_knowsItsCommands(t *testing.T) {
	rows := []struct {
		name string
		args []string
		out  string
		err  string
	}{
		{"help lists the variables", []string{"--help"}, "DATABASE_URL", ""},
		{"version says what GET /version says", []string{"version"}, `"goVersion":"` + runtime.Version() + `"}`, ""},
		{"an unknown command is named", []string{"sreve"}, "", `unknown command "sreve"; final --help lists what there is`},
		{"admin alone lists its commands", []string{"admin"}, "final admin reset-password NAME", ""},
		{"an unknown admin command is named", []string{"admin", "promote", "x"}, "", `unknown command "admin promote"`},
		{"a name with a space needs quotes", []string{"admin", "grant", "JIN", "HO"}, "", "put a name with spaces in quotes"},
		{"a missing name is asked for", []string{"admin", "grant"}, "", "admin grant takes one name"},
		{"a list is of everybody", []string{"admin", "list", "x"}, "", "admin list takes no name"},
		{"a missing file is asked for", []string{"admin", "export"}, "", "admin export takes one file: final admin export FILE"},
		{"a variable is known by its name", []string{"check-config", "ADMIN_HOST"}, "", "ADMIN_HOST is no variable of this release"},
		{"one at a time", []string{"check-config", "ADDR", "DOMAIN"}, "", "check-config takes one variable at most"},
		{"a flag is no file", []string{"admin", "import", "--help"}, "", "admin import takes one file"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), row.args, testkit.Env(nil), &out, io.Discard)
			if row.err != "" {
				require.ErrorContains(t, err, row.err)
				return
			}
			require.NoError(t, err)
			assert.Contains(t, out.String(), row.out)
		})
	}
}

// README.md says what --help says, and more, in each language: neither may know a variable,
// a default or a meaning that the other does not.
func TestHelp_andREADMESayTheSameOfEveryVariable(t *testing.T) {
	for file, language := range map[string]text.Language{"README.md": text.English, "README.ko.md": text.Korean} {
		t.Run(file, func(t *testing.T) {
			var help bytes.Buffer
			env := testkit.Env(map[string]string{"LANG": string(language)})
			require.NoError(t, run(context.Background(), []string{"--help"}, env, &help, io.Discard))
			rows := settingsIn(t, file)
			assert.Equal(t, len(config.Variables), len(rows), "%s lists a variable that the server does not read", file)
			for _, v := range config.Variables {
				meaning, shown := language.OfServer(v.Meaning), language.OfServer(v.Shown())
				line := language.OfServer(v.Meaning + " (default: " + v.Shown() + ")")
				assert.Contains(t, help.String(), fmt.Sprintf("  %-20s  %s\n", v.Name, line))
				require.Len(t, rows[v.Name], 2, "%s lacks %s", file, v.Name)
				assert.Equal(t, shown, rows[v.Name][0], "the default of %s in %s", v.Name, file)
				said := strings.ToLower(rows[v.Name][1])
				assert.True(t, strings.HasPrefix(said, strings.ToLower(meaning+".")),
					"the meaning of %s in %s: %s", v.Name, file, said)
			}
		})
	}
}

// settingsIn are the variables of a page, each with its default and its meaning.
func settingsIn(t *testing.T, file string) map[string][]string {
	t.Helper()
	page, err := os.ReadFile(file)
	require.NoError(t, err)
	rows := map[string][]string{}
	row := regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\| (.*) \\| (.*) \\|$")
	for _, row := range row.FindAllStringSubmatch(string(page), -1) {
		rows[row[1]] = []string{strings.ReplaceAll(row[2], "`", ""), strings.ReplaceAll(row[3], "`", "")}
	}
	return rows
}
