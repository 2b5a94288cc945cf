// Command final is the server that the chapters build: sign-up, log-in, access
// and refresh tokens, on SQLite or PostgreSQL, with Swagger UI.
//
//	go run ./final           start the server
//	go run ./final admin     manage users
//	go run ./final version   which build it is
//	go run ./final --help    what can be configured
//
// The rooms below internal wire the chapters together and add what only a whole
// server has. Each uses those to its left: config, web, serve; and ops uses
// config alone. Beside them are the SQL store and the logs.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"example.com/authbook/final/internal/serve"
	"example.com/authbook/internal/text"
)

func main() { os.Exit(process(run)) }

// program is what run is.
type program func(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error

// process runs a program as this process, with its arguments, its environment
// and its signals, and returns its exit status.
func process(p program) (status int) {
	serve.FitRuntime(os.Getenv)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	if err := p(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "final:", text.Current().OfServer(err.Error()))
		return 1
	}
	return 0
}
