package jwtoptions_test

import (
	"testing"

	"example.com/authbook/internal/analyzers/jwtoptions"
	"golang.org/x/tools/go/analysis/analysistest"
)

func TestAnalyzer(t *testing.T) {
	analysistest.Run(t, "../../..", jwtoptions.Analyzer,
		"./internal/analyzers/jwtoptions/testdata/a", "./internal/analyzers/jwtoptions/testdata/b")
}
