package lab

import (
	"encoding/json"
	"os"
)

// Course is what `workbook run` tells the lab. The zero value is that of a server which
// was started otherwise: the page says that it does not know whose code it has.
type Course struct {
	Exercises []Exercise            `json:"exercises"`
	Questions map[string][]Question `json:"questions"` // by their language, as lang names it
	Answers   string                `json:"answers"`   // the file to add each answer to
	Asks      string                `json:"asks"`      // the socket that predictions come from; "" where there is none
}

// Exercise is an exercise of the course, and whose text this server was built with.
type Exercise struct {
	ID    string `json:"id"`    // 2.6
	Name  string `json:"name"`  // checkHeader
	File  string `json:"file"`  // 02-jwt-basics/header.go
	Line  int    `json:"line"`  // in the learner's folder
	Whose string `json:"whose"` // one of the words below
}

// Whose text of an exercise the server has.
const (
	Green     = "green"     // the learner's, and its tests pass
	Red       = "red"       // the learner's, and a test fails: `workbook run --mine`
	Reference = "reference" // not the learner's
)

// ReadCourse reads the file that `workbook run` writes: the JSON of a [Course].
func ReadCourse(file string) (Course, error) {
	c := Course{Exercises: []Exercise{}}
	if file == "" {
		return c, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(text, &c)
}
