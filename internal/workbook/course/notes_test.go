package course

import (
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSections(t *testing.T) {
	const notes = "# Chapter\n\n## 1.1 First\n\n<details><summary>Hint 1</summary>\n\nLook\nhere.\n\n</details>\n" +
		"<details>\n<summary>Hint 2: more</summary>\n\nThere.\n\n</details>\n<details><summary>Why</summary>no hint</details>\n\n" +
		"### Deeper\n\n<details><summary>Hint 3</summary>Still 1.1.</details>\n\n```\n## 1.9 not a heading\n```\n\n" +
		"## Between\n\n<details><summary>Hint 1</summary>Nobody's.</details>\n\n### Exercise 1.10: Last, `code`!\n\ntext\n\n## 1.100\n"
	assert.Equal(t, []Section{
		{mark.ID{Chapter: 1, Number: 1}, []string{"Look\nhere.", "There.", "Still 1.1."}, After{}},
		{mark.ID{Chapter: 1, Number: 10}, nil, After{}},
		{mark.ID{Chapter: 1, Number: 100}, nil, After{}},
	}, sections(notes))
	assert.Empty(t, sections(""), "a chapter without notes has no hints")
}

func TestAfterIn(t *testing.T) {
	const fold = "<details><summary>When it is green</summary>\n\n**See it.** Look at\nthe `id`.\n\n" +
		"<!-- output server: curl -sI localhost:8080/ && curl localhost:8080/me -->\n```console\n$ curl -sI localhost:8080/\n" +
		"HTTP/1.1 200 OK\n## no heading\n$ curl localhost:8080/me\n```\n\n**Why so.** It is short.\nIt is clear.\n\n" +
		"**Another way.** A map.\n\nIt costs memory.\n\n</details>\n"
	for _, row := range []struct {
		name, notes string
		want        After
		complete    bool
	}{
		{"a twin", "### 1.1 X\n\n<details><summary>통과한 뒤</summary>\n\n**직접 보기.** 보세요.\n\n**이유.** 짧습니다.\n\n" +
			"**다른 방법.** 맵.\n\n</details>\n", After{See: "보세요.", Why: "짧습니다.", Another: "맵."}, true},
		{"all parts", "### 1.1 X\n\n" + fold, After{
			See:      "Look at\nthe `id`.",
			Commands: []string{"curl -sI localhost:8080/", "curl localhost:8080/me"},
			Why:      "It is short.\nIt is clear.",
			Another:  "A map.\n\nIt costs memory.",
		}, true},
		{"no live sight", "### 1.1 X\n\n<details><summary>When it is green</summary>\n\n**Why so.** A.\n\n**Another way.** B.\n</details>",
			After{Why: "A.", Another: "B."}, true},
		{"the log is part of it", "### 1.1 X\n<details>\n<summary>When it is green</summary>\n\n**See it.** A.\n\n" +
			"<!-- output server log: x -->\n```console\n$ x\n```\n</details>", After{See: "A.", Log: true, Commands: []string{"x"}}, false},
		{"no other way", "### 1.1 X\n<details>\n<summary>When it is green</summary>\n\n**Why so.** A.\n</details>", After{Why: "A."}, false},
		{"no fold", "### 1.1 X\n\n**Why so.** It stands outside.\n", After{}, false},
		{"behind a hint", "### 1.1 X\n<details><summary>Hint 1</summary>H</details>\n" +
			"<details><summary>When it is green</summary>\n\n**Why so.** A.\n</details>", After{Why: "A."}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := sections(row.notes)
			require.Len(t, all, 1)
			assert.Equal(t, row.want, all[0].After)
			assert.Equal(t, row.complete, all[0].After.Complete())
		})
	}
}
