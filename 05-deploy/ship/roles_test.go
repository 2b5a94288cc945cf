package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/05-deploy/internal/agent"
	"example.com/authbook/05-deploy/internal/testserver"
	"example.com/authbook/internal/problem"
)

// roles are the programs of a machine in a folder. Those that would change the
// real one ask the test, through a socket, to play systemd.
func roles() map[string]func(args []string) int {
	return map[string]func([]string) int{
		"host":        playHost,
		"final":       playServer,
		"systemctl":   func(args []string) int { return ask(append([]string{"systemctl"}, args...)) },
		"journalctl":  playJournalctl,
		"systemd-run": playSystemdRun,
	}
}

// reply is what the test answers to a program.
type reply struct {
	Stdout, Stderr string
	Status         int
}

func ask(args []string) int {
	conn, err := net.Dial("unix", os.Getenv("SHIP_TEST_CONTROL"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer conn.Close()
	var r reply
	if err := errors.Join(json.NewEncoder(conn).Encode(args), json.NewDecoder(conn).Decode(&r)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	_, _ = io.WriteString(os.Stdout, r.Stdout)
	_, _ = io.WriteString(os.Stderr, r.Stderr)
	return r.Status
}

// playJournalctl goes on for ever where it is to follow.
func playJournalctl(args []string) int {
	status := ask(append([]string{"journalctl"}, args...))
	if slices.Contains(args, "--follow") {
		select {}
	}
	return status
}

func playHost(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE)
	soak, _ := time.ParseDuration(os.Getenv("SHIP_TEST_SOAK")) // "": none
	if err := agent.Run(ctx, soak, args, os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// playSystemdRun runs the command behind the options, in the environment that
// they set, and makes the folders of StateDirectory=.
func playSystemdRun(args []string) int {
	i := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "--") })
	root, _, _ := strings.Cut(args[i], "/opt/authbook")
	for _, option := range args[:i] {
		if names, ok := strings.CutPrefix(option, "--property=StateDirectory="); ok {
			for name := range strings.FieldsSeq(names) {
				_ = os.MkdirAll(filepath.Join(root, "var/lib", name), 0o700)
			}
		}
	}
	command := args[i:]
	for j := range command {
		command[j] = strings.ReplaceAll(command[j], "$$", "$")
	}
	fmt.Fprintln(os.Stderr, syscall.Exec(command[0], command, append(os.Environ(), environmentFiles(args[:i])...)))
	return 1
}

// environmentFiles are the settings in the files of EnvironmentFile=, as ship writes
// them. The secret comes along as one more variable.
func environmentFiles(properties []string) (env []string) {
	for _, property := range properties {
		_, path, _ := strings.Cut(property, "EnvironmentFile=-")
		text, _ := os.ReadFile(path)
		for line := range strings.Lines(string(text)) {
			env = append(env, strings.ReplaceAll(strings.TrimSpace(line), `"`, ""))
		}
		if _, path, ok := strings.Cut(property, "LoadCredential=auth_secret:"); ok {
			secret, _ := os.ReadFile(path)
			env = append(env, "SECRET="+strings.TrimSpace(string(secret)))
		}
	}
	return env
}

// playServer is a release. SHIP_TEST_FLAW says what is wrong with it.
func playServer(args []string) int {
	if len(args) > 0 {
		return playServerCommand(args)
	}
	flaw := os.Getenv("SHIP_TEST_FLAW")
	if os.Getenv("LOG_FORMAT") == crashes { // what no check finds
		flaw = crashes
	}
	switch flaw {
	case crashes:
		fmt.Fprintln(os.Stderr, "final: AUTH_SECRET is too short")
		return 1
	case endsSilently:
		return 3
	case killsItself:
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill()
		select {} // it may take a moment
	case panics:
		panic("boom")
	case neverReady:
		select {}
	}
	fmt.Fprintln(os.Stderr, "final: "+saysMuch)
	listeners, err := deploy.Inherited(os.Getenv)
	if err != nil || listeners["http"] == nil {
		fmt.Fprintln(os.Stderr, "final: no listener", err)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	health := deploy.NewHealth(func(context.Context) error { return nil })
	handler := testserver.New(testserver.Flaw(flaw), os.Getenv("SHIP_TEST_REVISION")).Handler(nil)
	if flaw == tires {
		handler = tired(handler)
	}
	if os.Getenv("MAINTENANCE") == "on" {
		handler = closed(handler)
	}
	server := deploy.NewServer(handler, slog.New(slog.DiscardHandler))
	_ = deploy.Notify(os.Getenv, deploy.Ready)
	if flaw == onlyShutsDown {
		return serveWithoutDrain(ctx, server, listeners["http"])
	}
	if err := deploy.Serve(ctx, server, listeners["http"], health,
		deploy.Drain{Idle: time.Second, Busy: 5 * time.Second}); err != nil {
		fmt.Fprintln(os.Stderr, "final:", err)
		return 1
	}
	return 0
}

// saysMuch is what every release that starts writes.
const saysMuch = "GET /version 200"

// closed is a server in maintenance.
func closed(open http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/healthz" || r.URL.Path == "/readyz" {
			open.ServeHTTP(w, r)
			return
		}
		problem.Write(w, &problem.Error{Code: problem.Unavailable, Detail: "maintenance", RetryAfter: time.Minute})
	})
}

// The flaws of a release that are none of its contract.
const (
	crashes       = "crashes"
	neverReady    = "never-ready"
	endsSilently  = "ends-silently"
	killsItself   = "kills-itself"
	panics        = "panics"
	tires         = "tires" // it is not ready any more after all checks
	onlyShutsDown = "only-shuts-down"
	uncheckable   = "uncheckable" // it has no check-config
	tooOld        = "too-old"     // for the database
)

// tired is a server that loses its database when the last user leaves.
func tired(next http.Handler) http.Handler {
	var left atomic.Bool
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if left.Load() && r.URL.Path == "/readyz" {
			w.Header().Set("X-Request-ID", "R1")
			w.WriteHeader(http.StatusServiceUnavailable)
			fmt.Fprintln(os.Stderr, `{"msg":"request failed","request_id":"R0","error":"another one"}`)
			fmt.Fprintln(os.Stderr, `{"msg":"request failed","request_id":"R1","error":"UNAVAILABLE: the disk is full"}`)
			fmt.Fprintln(os.Stderr, `{"msg":"request failed","request_id":"R2","error":"another one"}`)
			return
		}
		next.ServeHTTP(w, r)
		left.Store(left.Load() || r.Method == http.MethodDelete)
	})
}

// serveWithoutDrain stops as most servers do, and loses requests by it.
func serveWithoutDrain(ctx context.Context, server *http.Server, listener net.Listener) int {
	context.AfterFunc(ctx, func() { _ = server.Shutdown(context.Background()) })
	_ = server.Serve(listener)
	<-ctx.Done()
	_ = server.Shutdown(context.Background())
	return 0
}

// playCheckConfig finds what the real one does, in one variable.
func playCheckConfig(args []string) int {
	switch {
	case os.Getenv("SHIP_TEST_FLAW") == uncheckable:
		fmt.Fprintln(os.Stderr, `final: unknown command "check-config"; final --help lists what there is`)
	case os.Getenv("SHIP_TEST_FLAW") == tooOld:
		fmt.Fprintln(os.Stderr, "final: DATABASE_URL: the database has version 9, made by a newer release")
	case os.Getenv("RATE_LIMIT") == "fast":
		fmt.Fprintln(os.Stderr, "final: RATE_LIMIT must be a number above 0")
	case slices.Contains(args, "SWAGER"):
		fmt.Fprintln(os.Stderr, "final: SWAGER is no variable of this release")
	case len(os.Getenv("SECRET")) < 32:
		fmt.Fprintln(os.Stderr, "final: AUTH_SECRET is too short")
	default:
		fmt.Println("the configuration is in order")
		return 0
	}
	return 1
}

func playServerCommand(args []string) int {
	if args[0] == "check-config" {
		return playCheckConfig(args)
	}
	if args[0] == "backup" {
		if err := os.WriteFile(args[1], []byte("backup of "+os.Getenv("SHIP_TEST_REVISION")), 0o600); err != nil {
			fmt.Fprintln(os.Stderr, "final:", err)
			return 1
		}
		return 0
	}
	if args[0] == "restore" {
		text, err := os.ReadFile(args[1])
		if err != nil || !strings.HasPrefix(string(text), "backup of ") {
			fmt.Fprintf(os.Stderr, "final: %s is no copy of an authbook database\n", args[1])
			return 1
		}
		fmt.Printf("restored: %s\n", text)
		return 0
	}
	if slices.Contains(args, "NOBODY") {
		fmt.Fprintln(os.Stderr, "final: WARNING: the sky is low")
		fmt.Fprintln(os.Stderr, `final: no user is named "NOBODY"`)
		return 1
	}
	if slices.Contains(args, "export") {
		_ = os.WriteFile(args[2], []byte("users of "+os.Getenv("SHIP_TEST_REVISION")), 0o600)
		fmt.Fprint(os.Stderr, "final: WARNING: the sky is low\n", `{"msg":"audit"}`, "\n")
	}
	if slices.Contains(args, "import") {
		text, err := os.ReadFile(args[2])
		fmt.Printf("imported %q %v\n", text, err)
	}
	fmt.Printf("final %q\n", args)
	return 0
}
