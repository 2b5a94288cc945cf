package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestContentsOf(t *testing.T) {
	const notes = "# 01 · Title\n\n**Why so?**\n\n```\n| code\n```\n\n| exercise |\n|---|\n| [1.1](#11-a) | one | 5 |\n| [1.2](#12-b) | two | 10 |\n\nKeep it.\n\n" +
		"## Idea\n\nLead.\n\n### 1.1 A\n\nTask.\n\n<details><summary>Hint 1</summary>h</details>\n\n#### In the wild\n\nWild.\n\n" +
		"### Given: C\n\nC.\n\n```\n## no heading\n```\n\n## More\n\n### 1.2 B\n\nTask two.\n\n## Questions\n\nQ.\n\n### Sub\n\n## End\n"
	one, two := mark.ID{Chapter: 1, Number: 1}, mark.ID{Chapter: 1, Number: 2}
	assert.Equal(t, Contents{
		Title: "01 · Title", Opening: "**Why so?**\n\n```\n| code\n```", Rest: []string{"Questions", "End"},
		Tail: "## Questions\n\nQ.\n\n### Sub\n\n## End",
		Steps: []Step{
			{one, "## Idea\n\nLead.\n\n### 1.1 A\n\nTask.\n\n<details><summary>Hint 1</summary>h</details>\n\n" +
				"#### In the wild\n\nWild.\n", 5, 1},
			{two, "### Given: C\n\nC.\n\n```\n## no heading\n```\n\n## More\n\n### 1.2 B\n\nTask two.\n", 10, 0},
		},
	}, contentsOf(notes), "the steps follow each other without a gap")
	assert.Equal(t, Contents{}, contentsOf(""), "a chapter without notes has no steps")
}
