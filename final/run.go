package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/ops"
	"example.com/authbook/final/internal/serve"
)

const usage = `final is a server for sign-up, log-in and tokens.

  final                         start the server
  final admin COMMAND [NAME]    manage users; final admin alone lists the commands
  final backup FILE             copy the SQLite database; the server may be running
  final restore FILE            put the users of such a copy back, and end every session; likewise
  final restore --skip-bad-rows FILE
                                likewise, but leave out and list the users that can't be right
  final check-config [NAME]     whether the server could start so, and whether it reads a variable NAME
  final version                 which build this is, as GET /version says
  final --help                  this text

The server reads these environment variables:
`

// run is the whole program, with everything that it takes from outside as an
// argument. It returns when the command is done or, for the server, when ctx
// has ended and the last request is answered.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return serve.Run(ctx, getenv, stdout, stderr)
	}
	switch args[0] {
	case "admin":
		return ops.Admin(ctx, args[1:], getenv, stdout, stderr)
	case "backup":
		return ops.Backup(ctx, args[1:], getenv, stdout)
	case "restore":
		return ops.Restore(ctx, args[1:], getenv, stdout, stderr)
	case "check-config":
		return ops.CheckConfig(ctx, args[1:], getenv, stdout)
	case "version", "--version":
		return json.NewEncoder(stdout).Encode(deploy.ReadVersion())
	case "--help", "-help", "-h", "help":
		fmt.Fprint(stdout, usage)
		config.PrintVariables(stdout)
		return nil
	default:
		return fmt.Errorf("unknown command %q; final --help lists what there is", args[0])
	}
}
