package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The glossary is docs/glossary.tsv: term, Korean word, spellings that nobody may use in
// its place, chapters, meaning. Its page is made from it, and a layout test holds all
// Korean text to it.
const (
	glossaryData = "docs/glossary.tsv"
	glossaryPage = "docs/glossary.md"
)

const glossaryHead = `# Glossary

Every term that the notes introduce, with its Korean word. The chapter is the one whose notes explain it. This page is
made from [glossary.tsv](glossary.tsv), which says too what a word is not called here.

| term | 한국어 | meaning | chapter |
|---|---|---|---|
`

// glossaryOf returns the page, "" where a course has no glossary.
func glossaryOf(root string) (string, error) {
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(glossaryData)))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	var page strings.Builder
	page.WriteString(glossaryHead)
	lines := strings.Split(strings.TrimSpace(string(data)), "\n")
	for i, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			return "", fmt.Errorf("%s:%d: %d cells, not five", glossaryData, i+2, len(cells))
		}
		fmt.Fprintf(&page, "| %s | %s | %s | %s |\n", cells[0], cells[1], cells[4], cells[3])
	}
	return page.String(), nil
}
