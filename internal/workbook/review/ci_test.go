package review

import (
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
)

// Thirteen seeds of one fuzz target are one line, with what will make them pass.
func TestStrays_foldsSeeds(t *testing.T) {
	red := mark.Exercise{ID: mark.ID{Chapter: 2, Number: 1}, Name: "Decode"}
	r := gorun.Report{
		Verdicts: []gorun.Verdict{{Exercise: red, Status: gorun.Fails}},
		Others:   []gorun.Row{{Name: "FuzzVerify/seed#1"}, {Name: "TestAlone"}, {Name: "FuzzVerify/seed#22"}},
	}
	assert.Equal(t, []string{
		"TestAlone fails; it belongs to no exercise",
		"FuzzVerify fails for 2 seeds; it belongs to no exercise, and may pass with 2.1 Decode",
	}, strays(r))

	r.Verdicts[0].Status = gorun.Passes
	assert.Contains(t, strays(r), "FuzzVerify fails for 2 seeds; it belongs to no exercise")
}
