package course

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// WrongAnswer is a plausible mistaken version of one exercise. It is a file in
// the chapter's testdata/wrong, named 1.3-what-is-wrong.diff, with edits of the
// exercise's declaration in the reference, as git diff writes them:
//
//	Wrong: the last middleware of the list runs first.
//
//	Hint: Write down the order in which three middlewares see a request.
//
//	Fails:
//	  - TestChain/first_is_outermost
//
//	@@
//	-		for _, mw := range slices.Backward(mws) {
//	+		for _, mw := range mws {
//
// Each @@ begins an edit. Its lines with - or a space must be in the
// declaration exactly once, one after the other; those with + or a space take
// their place. A paragraph Imports, with items such as - "net/http", names what
// the reference's file does not import.
//
// A paragraph Shows holds a text that each of the rows prints. It tells apart two
// answers that fail the same rows: by one a token is accepted, by the other it is
// refused with another error. A paragraph Origin says where the mistake was seen.
//
// Where most lines differ, it is 1.3-what-is-wrong.go instead: Go with the whole
// declaration, its imports, and the paragraphs as the comment above package. Other
// declarations of that file do not come along.
type WrongAnswer struct {
	ID      mark.ID
	File    string // "01-middleware/testdata/wrong/1.3-what-is-wrong.diff"
	Wrong   string // one sentence
	Hint    string
	Fails   []string // full names of the rows, sorted
	Shows   string   // a text that each row prints, "" for any
	Origin  string   // where it was seen, "" if an author thought of it
	name    string   // of the declaration
	Text    string   // of the declaration, "" if broken
	Imports []ImportSpec
	changes []change // that make text of the reference, nil where it is written whole
	Broken  error    // why it can't be read or does not apply, with the file
}

// Short is the name of the file without folders and extension.
func (w WrongAnswer) Short() string {
	base := path.Base(w.File)
	return strings.TrimSuffix(base, path.Ext(base))
}

// WrongAnswers reads the wrong answers of a chapter, which speak the reader's language.
func (ch *Chapter) WrongAnswers() ([]WrongAnswer, error) {
	all, err := ch.englishAnswers()
	if err != nil {
		return nil, err
	}
	return all, ch.inKorean(all)
}

// englishAnswers reads the wrong answers of a chapter. One that can't be read is
// Broken, and has no more than its file and perhaps its exercise: it concerns its
// author, and not a learner who wants a hint.
func (ch *Chapter) englishAnswers() ([]WrongAnswer, error) {
	paths, err := filepath.Glob(filepath.Join(ch.Dir, "testdata", "wrong", "[0-9]*"))
	if err != nil {
		return nil, err
	}
	reference, err := ch.Reference.Exercises()
	if err != nil {
		return nil, InFolder(ch, err)
	}
	var all []WrongAnswer
	for _, name := range paths {
		w, err := ch.readWrong(name, reference)
		if err != nil {
			w.Broken = fmt.Errorf("%s/testdata/wrong/%w", ch.Name, err)
		}
		all = append(all, w)
	}
	return all, nil
}

// readWrong reads one file, and applies its edits. Errors begin with its name.
func (ch *Chapter) readWrong(name string, reference []mark.Exercise) (WrongAnswer, error) {
	base := filepath.Base(name)
	text, err := os.ReadFile(name)
	if err != nil {
		return WrongAnswer{File: ch.fileOfWrong(base)}, fmt.Errorf("%s: %w", base, err)
	}
	w, err := ch.parseWrong(base, strings.ReplaceAll(string(text), "\r\n", "\n"))
	if err != nil {
		return WrongAnswer{ID: w.ID, File: w.File}, err
	}
	if w.changes == nil {
		return w, nil
	}
	e, _ := Find(reference, w.ID)
	if w.Text, err = apply(w.changes, e); err != nil {
		err = fmt.Errorf("%s: %w", base, err)
	}
	return w, err
}

func (ch *Chapter) fileOfWrong(base string) string { return ch.Name + "/testdata/wrong/" + base }

// parseWrong reads the text of a file. Errors begin with its name.
func (ch *Chapter) parseWrong(base, text string) (WrongAnswer, error) {
	w := WrongAnswer{File: ch.fileOfWrong(base)}
	number, _, _ := strings.Cut(base, "-")
	var ok bool
	if w.ID, ok = mark.ParseID(number); !ok {
		return w, fmt.Errorf("%s: the name must begin with the exercise, such as 1.3-short-name.diff", base)
	}
	e, ok := Find(ch.Exercises, w.ID)
	if !ok {
		return w, fmt.Errorf("%s: there is no exercise %s", base, w.ID)
	}
	w.name = e.Name
	read, ok := map[string]func(string) error{".go": w.readGo, ".diff": w.readDiff}[filepath.Ext(base)]
	if !ok {
		return w, fmt.Errorf("%s: the name must end in .diff, or in .go", base)
	}
	if err := read(text); err != nil {
		return w, fmt.Errorf("%s: %w", base, err)
	}
	return w, nil
}

// header reads the paragraphs that come before the code.
func (w *WrongAnswer) header(text string) error {
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(paragraph), ":")
		words := strings.Join(strings.Fields(rest), " ")
		var err error
		switch word {
		case "Wrong":
			w.Wrong = words
		case "Hint":
			w.Hint = words
		case "Fails":
			w.Fails = items(rest)
			slices.Sort(w.Fails)
		case "Shows":
			w.Shows = words
		case "Origin":
			w.Origin = words
		case "Imports":
			w.Imports, err = importsOfItems(items(rest))
		}
		if err != nil {
			return err
		}
	}
	if w.Wrong == "" || w.Hint == "" || len(w.Fails) == 0 {
		return errors.New("it needs the paragraphs Wrong, Hint and Fails above the code")
	}
	return nil
}
