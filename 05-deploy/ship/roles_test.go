package main

import (
	"context"
	"fmt"
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
	"example.com/authbook/05-deploy/internal/folder"
	"example.com/authbook/05-deploy/internal/testserver"
	"example.com/authbook/internal/problem"
)

// roles are the programs of a machine in a folder, with the agent and a release.
func roles() map[string]func(args []string) int {
	all := folder.Roles()
	all["host"], all["final"] = playHost, playServer
	return all
}

func playHost(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	signal.Ignore(syscall.SIGPIPE)
	text, _ := os.ReadFile(filepath.Join(os.Getenv("AUTHBOOK_ROOT"), "../bin/soak"))
	soak, _ := time.ParseDuration(strings.TrimSpace(string(text))) // not there: none
	if err := agent.Run(ctx, soak, args, os.Stdin, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
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
	fmt.Fprintln(os.Stderr, `{"msg":"audit"}`) // as releases without AUDIT_DIR do
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
		deploy.Drain{Idle: time.Minute, Busy: 5 * time.Second}); err != nil {
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
	case !hasSecret():
		fmt.Fprintln(os.Stderr, "final: AUTH_SECRET is too short")
	default:
		fmt.Println("the configuration is in order")
		return 0
	}
	return 1
}

// hasSecret reports whether the credential is there, and long enough.
func hasSecret() bool {
	secret, _ := os.ReadFile(filepath.Join(os.Getenv("CREDENTIALS_DIRECTORY"), "auth_secret"))
	return len(secret) > 32
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
