package course

import (
	"go/doc/comment"
	"strings"

	"example.com/authbook/internal/mark"
)

// Task is what an exercise asks for, in the language of its chapter: the comment above it as
// the course has it, whatever the learner has made of theirs.
func (ch *Chapter) Task(id mark.ID) (string, error) {
	e, err := ch.Reference.Exercise(id)
	return ch.Language.Task(TaskOf(e)), err
}

// TaskOf is the comment of an exercise: a line for each paragraph and each item of a
// list, and code behind a tab. So a comment that is only wrapped anew keeps its
// translation.
func TaskOf(e mark.Exercise) string {
	everything := comment.Parser{
		LookupPackage: func(name string) (string, bool) { return name, true },
		LookupSym:     func(string, string) bool { return true },
	}
	words := (&comment.Printer{TextWidth: -1}).Text(everything.Parse(DocOf(e.Decl).Text()))
	return strings.TrimSpace(string(words))
}
