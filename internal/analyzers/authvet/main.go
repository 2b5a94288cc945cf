// Authvet runs the workbook's analyzers, and a rule for this tree's own code:
//
//	go tool authvet ./...
package main

import (
	"example.com/authbook/internal/analyzers"
	"example.com/authbook/internal/analyzers/cmporerrors"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() { multichecker.Main(append(analyzers.All(), cmporerrors.Analyzer)...) }
