package secretcompare_test

import (
	"testing"

	"example.com/authbook/internal/analyzers/secretcompare"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, "../../..", secretcompare.Analyzer, "./internal/analyzers/secretcompare/testdata/a")
}
