// Authvet runs the workbook's analyzers:
//
//	go tool authvet ./...
package main

import (
	"example.com/authbook/internal/analyzers"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() { multichecker.Main(analyzers.All()...) }
