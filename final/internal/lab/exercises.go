package lab

import (
	"encoding/json"
	"os"
)

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

// ReadExercises reads the list that `workbook run` writes: a JSON array of [Exercise].
// Without a file there is none, and the page says that it does not know.
func ReadExercises(file string) ([]Exercise, error) {
	list := []Exercise{}
	if file == "" {
		return list, nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return list, json.Unmarshal(text, &list)
}
