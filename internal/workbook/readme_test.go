package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSections(t *testing.T) {
	const notes = "# Chapter\n\n## 1.1 First\n\n<details><summary>Hint 1</summary>\n\nLook\nhere.\n\n</details>\n" +
		"<details>\n<summary>Hint 2: more</summary>\n\nThere.\n\n</details>\n<details><summary>Why</summary>no hint</details>\n\n" +
		"### Deeper\n\n<details><summary>Hint 3</summary>Still 1.1.</details>\n\n```\n## 1.9 not a heading\n```\n\n" +
		"## Between\n\n<details><summary>Hint 1</summary>Nobody's.</details>\n\n### Exercise 1.10: Last, `code`!\n\ntext\n\n## 1.100\n"
	assert.Equal(t, []section{
		{idOf(1, 1), "1.1 First", []string{"Look\nhere.", "There.", "Still 1.1."}},
		{idOf(1, 10), "Exercise 1.10: Last, `code`!", nil},
		{idOf(1, 100), "1.100", nil},
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

func TestUnwrap(t *testing.T) {
	assert.Equal(t, "Look here:\n  x := 1\n\nThen go on.", unwrap("Look\nhere:\n```go\nx := 1\n```\n\nThen go\non."))
}

func TestPlain(t *testing.T) {
	for markdown, want := range map[string]string{
		"see [alive](alive.go), then go on": "see alive, then go on",
		"**twice**, never *three times*":    "twice, never three times",
		"`wait` takes `AccessTTL - x`":      "'wait' takes 'AccessTTL - x'",
		"2 * 3 * 4 and a *Box or a *Bag":    "2 * 3 * 4 and a *Box or a *Bag",
	} {
		assert.Equal(t, want, plain(markdown), "a terminal shows no Markdown")
	}
}
