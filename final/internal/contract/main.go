package contract

import (
	"flag"
	"fmt"
	"io"
	"os"
	"testing"
)

// Main runs the tests of a package and returns the exit status. It fails if
// all tests ran and passed, and yet never got one of the documented answers: a
// promise that nobody checked. Use it so:
//
//	func TestMain(m *testing.M) { os.Exit(spec.Main(m)) }
func (s *Spec) Main(m *testing.M) int {
	flag.Parse()
	status := m.Run()
	if status != 0 || !isWhole(flag.CommandLine) {
		return status
	}
	return s.report(os.Stderr)
}

// report writes what is uncovered and returns the exit status.
func (s *Spec) report(w io.Writer) int {
	uncovered := s.Uncovered()
	for _, answer := range uncovered {
		fmt.Fprintf(w, "%s is documented, and no test got this answer\n", answer)
	}
	return min(1, len(uncovered))
}

// isWhole tells whether the flags leave no test out.
func isWhole(flags *flag.FlagSet) bool {
	whole := true
	flags.Visit(func(f *flag.Flag) {
		switch f.Name {
		case "test.run", "test.skip", "test.list", "test.short", "test.fuzz":
			whole = false
		}
	})
	return whole
}
