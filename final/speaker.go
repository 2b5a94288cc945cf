package main

import (
	"io"

	"example.com/authbook/internal/text"
)

// speaker writes what a room says in the language of the one who reads it. What is
// looked up is a line, or the part of one that is written at once.
type speaker struct {
	to       io.Writer
	language text.Language
}

func (s speaker) Write(p []byte) (int, error) {
	if _, err := io.WriteString(s.to, s.language.OfServer(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
