package missingreturn_test

import (
	"testing"

	"example.com/authbook/internal/analyzers/missingreturn"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, "../../..", missingreturn.Analyzer, "./internal/analyzers/missingreturn/testdata/a")
}
