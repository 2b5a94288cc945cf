package main

import "go/ast"

// ofServer are the files of the server that speak to the one who starts it. What others
// say stands in the log.
var ofServer = []string{
	"05-deploy/domain.go", "05-deploy/inherit.go", "05-deploy/listen.go", "final/run.go",
	"final/internal/config/*.go", "final/internal/web/lab.go",
	"final/internal/ops/admin.go", "final/internal/ops/backup.go", "final/internal/ops/checkconfig.go",
	"final/internal/ops/restore.go",
	"final/internal/serve/adminaddr.go", "final/internal/serve/announce.go",
	"final/internal/serve/listeners.go", "final/internal/serve/unfinished.go",
	"final/internal/store/check.go", "final/internal/store/migrate.go", "final/internal/store/postgres.go",
	"final/internal/store/sqlite.go", "final/internal/store/url.go",
}

// saidByServer returns what the server says, with the files that say it: its errors, its
// constants, what it prints, and the table of its variables.
func saidByServer(root string) (map[string][]string, error) {
	s := said{texts: map[string][]string{}, root: root,
		tellers: map[string]int{"New": 0, "Errorf": 0, "Sprintf": 0, "Fprintf": 1, "Fprintln": 1, "append": 1},
		fields:  map[string][]*ast.Ident{}}
	for _, words := range []string{"none", ":8080, or :80 with DOMAIN"} { // defaults that are no sentences
		s.texts[words] = []string{"final/internal/config/variables.go"}
	}
	return s.texts, s.walk(ofServer...)
}
