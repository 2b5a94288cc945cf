package main

import (
	_ "embed"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"example.com/authbook/internal/workbook/course"
)

// What an AI reads that helps a learner is made from one file of templates: AGENTS.md
// at the root and in each chapter, and for tools that look elsewhere a pointer to it.
// The pointers are in hidden folders: the root of the tree holds listed names only.

//go:embed aids.tmpl
var aidsTemplates string

// aids are the texts of all files for AIs, by their paths from the root.
func aids(chapters []*course.Chapter) (map[string]string, error) {
	templates, err := template.New("").Parse(aidsTemplates)
	if err != nil {
		return nil, err
	}
	texts := map[string]string{}
	for _, path := range []string{"AGENTS.md", ".claude/CLAUDE.md", ".cursor/rules/authbook.mdc",
		".gemini/settings.json", ".github/copilot-instructions.md"} {
		if texts[path], err = filled(templates, path, nil); err != nil {
			return nil, err
		}
	}
	for _, ch := range chapters {
		if texts[ch.Path("AGENTS.md")], err = filled(templates, "chapter", ch); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func filled(templates *template.Template, name string, ch *course.Chapter) (string, error) {
	var text strings.Builder
	err := templates.ExecuteTemplate(&text, name, ch)
	return text.String(), err
}

// staleAids are the paths whose text is not that of the templates, in their order.
func staleAids(root string, texts map[string]string) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(texts)), func(path string) bool {
		text, err := os.ReadFile(filepath.Join(root, path))
		return err == nil && string(text) == texts[path]
	})
}

// renewAids names the files for AIs that are stale, and the page of the glossary, or with
// --write puts them right.
func renewAids(d desk) ([]string, error) {
	c := d.runner.Course
	chapters, err := chosen(c, "")
	if err != nil {
		return nil, err
	}
	texts, err := aids(chapters)
	if err != nil {
		return nil, err
	}
	if page, err := glossaryOf(c.Root); err != nil {
		return nil, err
	} else if page != "" {
		texts[glossaryPage] = page
	}
	var problems []string
	for _, path := range staleAids(c.Root, texts) {
		if !d.args.Flags["--write"] {
			problems = append(problems, path+" differs from its source: go tool coursecheck notes --write")
		} else if err := c.Replace(d.ui, filepath.Join(c.Root, path), texts[path]); err != nil {
			return nil, err
		}
	}
	return problems, nil
}
