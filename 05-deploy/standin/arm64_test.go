//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The binary for Graviton is built as ship builds it, and runs: on this
// machine's processor, which QEMU makes into an arm64.
func TestARM64(t *testing.T) {
	if os.Getenv("AUTHBOOK_TEST_INSTANCE") == "" {
		t.Skip("it builds everything for another processor; .ci/instance runs it")
	}
	qemu, err := exec.LookPath("qemu-aarch64-static")
	if err != nil {
		t.Skip("NOT SHOWN: no QEMU here; get it with: apt-get install qemu-user-static")
	}
	dir := t.TempDir()
	binary := filepath.Join(dir, "final")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags=-s -w", "-o", binary, "../../final")
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm64")
	output, err := build.CombinedOutput()
	require.NoErrorf(t, err, "%s", output)

	server := exec.Command(qemu, binary)
	server.Env = []string{"ADDR=127.0.0.1:0", "DATABASE_URL=" + filepath.Join(dir, "authbook.db"), "LOG_FORMAT=json",
		"ADMIN_ADDR=off"}
	var log firstURL
	log.found = make(chan string, 1)
	server.Stdout, server.Stderr = &log, &log
	require.NoError(t, server.Start())
	defer func() { _ = server.Process.Kill() }() // it has ended, where all went well
	ended := make(chan error, 1)
	go func() { ended <- server.Wait() }()
	var url string
	select {
	case url = <-log.found:
	case err := <-ended:
		t.Fatalf("the server does not start: %v\n%s", err, log.text.String())
	}

	post := func(path, body string) (int, string) {
		res, err := http.Post(url+path, "application/json", strings.NewReader(body))
		require.NoError(t, err)
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		return res.StatusCode, string(text)
	}
	status, body := post("/signup", `{"username":"JIN HO","password":"12341234","nickname":"Mentos"}`)
	assert.Equal(t, 201, status)
	assert.JSONEq(t, `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}`, body)
	status, body = post("/login", `{"username":"JIN HO","password":"12341234"}`)
	require.Equal(t, 200, status)
	var login struct{ Token string }
	require.NoError(t, json.Unmarshal([]byte(body), &login))
	req, err := http.NewRequestWithContext(t.Context(), "GET", url+"/me", nil)
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+login.Token)
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	assert.Equal(t, 200, res.StatusCode)

	http.DefaultClient.CloseIdleConnections()
	require.NoError(t, server.Process.Signal(syscall.SIGTERM))
	assert.NoError(t, <-ended, "an orderly stop")
}

// firstURL finds the address in what the server writes.
type firstURL struct {
	mu    sync.Mutex
	text  bytes.Buffer
	found chan string
}

var urlPattern = regexp.MustCompile(`authbook is ready: (http://\S+)\n`)

func (u *firstURL) Write(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.text.Write(p)
	if match := urlPattern.FindSubmatch(u.text.Bytes()); match != nil {
		select {
		case u.found <- string(match[1]):
		default:
		}
	}
	return len(p), nil
}
