package main

import (
	"path/filepath"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/proof"
)

// twinsOf compares the Korean pages with the English ones: those of the chapter that the
// first word names, or all. --write brings generated blocks along first, and tells the
// readers of each stale section. It returns what a translator has to do.
func twinsOf(d desk) ([]string, error) {
	root := d.runner.Course.Root
	if d.args.Flags["--write"] {
		if err := markTwins(d, root); err != nil {
			return nil, err
		}
	}
	var only *course.Chapter
	if d.args.First() != "" {
		only = d.chapters[0]
	}
	problems, err := proof.TwinProblems(root, only)
	if err != nil {
		return nil, err
	}
	for _, ch := range d.chapters {
		answers, err := answersOf(d, ch)
		if err != nil {
			return nil, err
		}
		problems = append(problems, answers...)
	}
	return problems, nil
}

// answersOf says what is wrong with the Korean of a chapter's wrong answers. --write puts
// fingerprints to what was translated.
func answersOf(d desk, ch *course.Chapter) ([]string, error) {
	page, problems, err := ch.KoreanAnswers(proof.SaysOtherwise)
	if err != nil || page == "" || !d.args.Flags["--write"] {
		return problems, err
	}
	if err := d.runner.Course.Write(ch.KoreanAnswersFile(), page); err != nil {
		return nil, err
	}
	_, problems, err = ch.KoreanAnswers(proof.SaysOtherwise)
	return problems, err
}

// markTwins writes each Korean page with the blocks and the marks that it must have.
func markTwins(d desk, root string) error {
	pages, err := proof.TwinPages(root)
	if err != nil {
		return err
	}
	for _, page := range pages {
		r, err := page.Compare(root)
		if err != nil {
			return err
		}
		if !r.Changed {
			continue
		}
		if err := d.runner.Course.Replace(d.ui, filepath.Join(root, filepath.FromSlash(page.Korean)), r.Text); err != nil {
			return err
		}
	}
	return nil
}
