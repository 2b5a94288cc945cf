package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestParseRubric(t *testing.T) {
	r := parseRubric(
		"1. **3.4 · P2** Who asks,\n   and when?\n2. **3.5 · P1** Why?\n- **3.4** It asks once.\n- **bold** no\n")
	assert.Equal(t, []Question{{mark.ID{Chapter: 3, Number: 4}, "P2", "Who asks, and when?"},
		{mark.ID{Chapter: 3, Number: 5}, "P1", "Why?"}}, r.Questions)
	assert.Equal(t, []Praise{{mark.ID{Chapter: 3, Number: 4}, "It asks once."}}, r.Praise)
}
