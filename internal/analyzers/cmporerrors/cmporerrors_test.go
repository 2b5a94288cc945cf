package cmporerrors_test

import (
	"testing"

	"example.com/authbook/internal/analyzers/cmporerrors"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, "../../..", cmporerrors.Analyzer, "./internal/analyzers/cmporerrors/testdata/a")
}
