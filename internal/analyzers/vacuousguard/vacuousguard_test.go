package vacuousguard_test

import (
	"testing"

	"example.com/authbook/internal/analyzers/vacuousguard"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, "../../..", vacuousguard.Analyzer, "./internal/analyzers/vacuousguard/testdata/a")
}
