// Package analyzers lists the checks that this workbook adds to go vet. Each
// finds one mistake that reviewers of authentication code find again and
// again, so that people have time for what no tool can see. None is about style.
//
// Each analyzer has a page in docs/analyzers.
package analyzers

import (
	"example.com/authbook/internal/analyzers/jwtoptions"
	"example.com/authbook/internal/analyzers/missingreturn"
	"example.com/authbook/internal/analyzers/secretcompare"
	"example.com/authbook/internal/analyzers/secretlog"
	"example.com/authbook/internal/analyzers/vacuousguard"
	"golang.org/x/tools/go/analysis"
)

// All returns every analyzer, by name.
func All() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		jwtoptions.Analyzer,
		missingreturn.Analyzer,
		secretcompare.Analyzer,
		secretlog.Analyzer,
		vacuousguard.Analyzer,
	}
}
