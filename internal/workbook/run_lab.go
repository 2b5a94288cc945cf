package main

import (
	"cmp"
	"encoding/json"
	"net"
	"os"
	"path/filepath"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/onlyhere"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// authors is whose text of each exercise of a chapter the server has. Those that it
// lacks come from the reference.
type authors map[mark.ID]author

// author is a word that the lab reads: final/internal/lab has the same ones.
type author string

const (
	green     author = "green"     // the learner's, and its tests pass
	red       author = "red"       // the learner's, and they don't
	reference author = "reference" // not the learner's
)

// authorsOf lets the learner have what is green and, with mine, what is written at all.
func authorsOf(verdicts []gorun.Verdict, mine bool) authors {
	whose := authors{}
	for _, v := range verdicts {
		switch {
		case v.Status == gorun.Passes:
			whose[v.Exercise.ID] = green
		case mine && v.Status != gorun.Blank:
			whose[v.Exercise.ID] = red
		}
	}
	return whose
}

// of chooses the exercises of one author.
func (o authors) of(who author, all []mark.Exercise) []mark.Exercise {
	var theirs []mark.Exercise
	for _, e := range all {
		if o[e.ID] == who {
			theirs = append(theirs, e)
		}
	}
	return theirs
}

// writeForLab tells the lab whose code the server has, and what to ask, as data. The lab
// adds its answers to the file of answersFor. Its package has the same members.
func writeForLab(
	s *session, dir string, chapters []*course.Chapter, whose map[*course.Chapter]authors,
) (string, error) {
	type exercise struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		File  string `json:"file"`
		Line  int    `json:"line"`
		Whose author `json:"whose"`
	}
	list := []exercise{}
	for _, ch := range chapters {
		for _, e := range ch.Exercises {
			who := cmp.Or(whose[ch][e.ID], reference)
			list = append(list, exercise{e.ID.String(), e.Name, ch.Path(e.File), e.Line, who})
		}
	}
	questions := map[text.Language][]labQuestion{}
	for _, language := range []text.Language{text.English, text.Korean} {
		var err error
		if questions[language], err = labQuestions(s.course.In(language)); err != nil {
			return "", err
		}
	}
	path := filepath.Join(dir, "exercises.json")
	content, err := json.Marshal(map[string]any{"exercises": list, "questions": questions,
		"answers": answersFor(path), "asks": socketFor(path)})
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, content, 0o600)
}

func answersFor(exercises string) string { return exercises + ".answers" }

// isPublic reports whether the learner wants a server that others reach. Then it has no
// lab, and would not start with one.
func isPublic(getenv func(string) string) bool {
	host, _, _ := net.SplitHostPort(addressOf(getenv))
	return !onlyhere.IsName(host) || getenv("DOMAIN")+getenv("PUBLIC_URL")+getenv("TRUSTED_PROXIES") != ""
}

// addressOf is where the server listens. One that the learner starts is for this
// machine, unless it says otherwise.
func addressOf(getenv func(string) string) string { return cmp.Or(getenv("ADDR"), "127.0.0.1:8080") }

// labSettings are the variables that keep the server on this machine, with its lab.
func labSettings(getenv func(string) string, exercises string) []string {
	if isPublic(getenv) {
		return nil
	}
	settings := []string{"ADDR=" + addressOf(getenv)}
	if getenv("LAB") == "off" {
		return settings
	}
	return append(settings, "LAB=on", "LAB_EXERCISES="+exercises)
}
