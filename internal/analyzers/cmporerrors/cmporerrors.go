// Package cmporerrors finds errors that cmp.Or chooses from. It gets all its
// arguments before it chooses: of errors those are steps, and a later step is
// done though an earlier one failed.
//
// It is a rule of this tree and not about authentication, so authvet runs it,
// and a learner's review does not.
package cmporerrors

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
)

// Analyzer reports each use of cmp.Or with a type that is an error, in tests
// too.
var Analyzer = &analysis.Analyzer{
	Name: "cmporerrors",
	Doc:  "report errors chosen by cmp.Or, which runs all its arguments",
	URL:  "https://pkg.go.dev/cmp#Or",
	Run:  run,
}

func run(pass *analysis.Pass) (any, error) {
	failure := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	for name, instance := range pass.TypesInfo.Instances {
		f := pass.TypesInfo.Uses[name]
		if f.Pkg() == nil || f.Pkg().Path() != "cmp" || f.Name() != "Or" {
			continue
		}
		if types.Implements(instance.TypeArgs.At(0), failure) {
			pass.Reportf(name.Pos(), "cmp.Or runs all its arguments, also behind an error: return early, or use errors.Join")
		}
	}
	return nil, nil
}
