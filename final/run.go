package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/ops"
	"example.com/authbook/final/internal/serve"
	"example.com/authbook/internal/text"
)

const usage = `final is a server for sign-up, log-in and tokens.

  final                         start the server
  final admin COMMAND [NAME]    manage users; final admin alone lists the commands
  final backup FILE             copy the SQLite database; the server may be running
  final restore FILE            put the users of such a copy back, and end every session; likewise
    --skip-bad-rows             likewise, but leave out and list the users that can't be right
  final check-config [NAME]     whether the server could start so, and whether it reads a variable NAME
  final version                 which build this is, as GET /version says
  final --help                  this text

The server reads these environment variables:
`

// run is the whole program, with everything that it takes from outside as an
// argument. It returns when the command is done or, for the server, when ctx
// has ended and the last request is answered.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	said := speaker{stdout, text.FromEnv(getenv)}
	switch {
	case len(args) == 0:
		return serve.Run(ctx, getenv, said, stderr)
	case isHelp(args[0]):
		fmt.Fprint(said, usage)
		config.PrintVariables(said)
		return nil
	case args[0] == "admin" && (len(args) == 1 || isHelp(args[1])):
		ops.PrintAdminUsage(said)
		return nil
	}
	return command(ctx, args[0], args[1:], getenv, said, stderr)
}

func isHelp(arg string) bool { return slices.Contains([]string{"--help", "-help", "-h", "help"}, arg) }

// command runs what changes or shows something. A list of users is theirs, in no language.
func command(
	ctx context.Context, name string, args []string, getenv func(string) string, said speaker, stderr io.Writer,
) error {
	switch name {
	case "admin":
		return ops.Admin(ctx, args, getenv, said.to, stderr)
	case "backup":
		return ops.Backup(ctx, args, getenv, said)
	case "restore":
		return ops.Restore(ctx, args, getenv, said, stderr)
	case "check-config":
		return ops.CheckConfig(ctx, args, getenv, said)
	case "version", "--version":
		return json.NewEncoder(said.to).Encode(deploy.ReadVersion())
	}
	return fmt.Errorf("unknown command %q; final --help lists what there is", name)
}
