package course

import (
	"os"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseRubric(t *testing.T) {
	r := parseRubric(
		"1. **3.4 · P2** Who asks,\n   and when?\n2. **3.5 · P1** Why?\n- **3.4** It asks once.\n- **3.6** It is one.\n  (`TestA/b`)\n- **bold** no\n")
	assert.Equal(t, []Question{{mark.ID{Chapter: 3, Number: 4}, "P2", "Who asks, and when?"},
		{mark.ID{Chapter: 3, Number: 5}, "P1", "Why?"}}, r.Questions)
	assert.Equal(t, []Praise{{ID: mark.ID{Chapter: 3, Number: 4}, Text: "It asks once."},
		{ID: mark.ID{Chapter: 3, Number: 6}, Text: "It is one.", Row: "TestA/b"}}, r.Praise)
}

// A draft in Korean says something of the same exercises, held by the same rows.
func TestParseRubric_readsTheSameInKorean(t *testing.T) {
	for _, number := range []string{"01", "02", "03", "04", "05"} {
		assert.Equal(t, withoutWords(t, "docs/review", number), withoutWords(t, "docs/ko/review", number), number)
	}
}

// withoutWords is what two guides in two languages share.
func withoutWords(t *testing.T, folder, number string) Rubric {
	guide, err := os.ReadFile("../../../" + folder + "/" + number + ".md")
	require.NoError(t, err)
	r := parseRubric(string(guide))
	r.Text = ""
	for i := range r.Questions {
		r.Questions[i].Text = ""
	}
	for i := range r.Praise {
		r.Praise[i].Text = ""
	}
	return r
}
