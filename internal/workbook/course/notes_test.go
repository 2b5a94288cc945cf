package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestSections(t *testing.T) {
	const notes = "# Chapter\n\n## 1.1 First\n\n<details><summary>Hint 1</summary>\n\nLook\nhere.\n\n</details>\n" +
		"<details>\n<summary>Hint 2: more</summary>\n\nThere.\n\n</details>\n<details><summary>Why</summary>no hint</details>\n\n" +
		"### Deeper\n\n<details><summary>Hint 3</summary>Still 1.1.</details>\n\n```\n## 1.9 not a heading\n```\n\n" +
		"## Between\n\n<details><summary>Hint 1</summary>Nobody's.</details>\n\n### Exercise 1.10: Last, `code`!\n\ntext\n\n## 1.100\n"
	assert.Equal(t, []Section{
		{mark.ID{Chapter: 1, Number: 1}, "1.1 First", []string{"Look\nhere.", "There.", "Still 1.1."}},
		{mark.ID{Chapter: 1, Number: 10}, "Exercise 1.10: Last, `code`!", nil},
		{mark.ID{Chapter: 1, Number: 100}, "1.100", nil},
	}, sections(notes))
	assert.Empty(t, sections(""), "a chapter without notes has no hints")
}

func TestAnchor(t *testing.T) {
	for heading, want := range map[string]string{
		"1.3 Chain":            "13-chain",
		"1.5 Box.Pick (twice)": "15-boxpick-twice",
		"2.1 사용자 `x_y`":        "21-사용자-x_y",
	} {
		assert.Equal(t, want, anchor(heading), "the link must lead to the heading")
	}
}
