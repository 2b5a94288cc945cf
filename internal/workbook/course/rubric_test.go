package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestParseRubric(t *testing.T) {
	r := parseRubric(
		"1. **3.4 · P2** Who asks,\n   and when?\n2. **3.5 · P1** Why?\n- **3.4** It asks once.\n- **3.6** It is one.\n  (`TestA/b`)\n- **bold** no\n")
	assert.Equal(t, []Question{{mark.ID{Chapter: 3, Number: 4}, "P2", "Who asks, and when?"},
		{mark.ID{Chapter: 3, Number: 5}, "P1", "Why?"}}, r.Questions)
	assert.Equal(t, []Praise{{ID: mark.ID{Chapter: 3, Number: 4}, Text: "It asks once."},
		{ID: mark.ID{Chapter: 3, Number: 6}, Text: "It is one.", Row: "TestA/b"}}, r.Praise)
}
