package vcs

import (
	"strings"

	"example.com/authbook/internal/workbook/term"
)

// Shell shows arguments as one would type them. A line that is too long goes on
// below, in a way that a shell understands when it is copied.
func Shell(args []string, width int) string {
	var b strings.Builder
	column := 0
	for i, arg := range args {
		if strings.ContainsAny(arg, " \t\"'") {
			arg = "'" + arg + "'"
		}
		length := term.ColumnsOf(arg)
		switch {
		case i == 0:
		case column+1+length+2 > width: // room for a backslash
			b.WriteString(" \\\n    ")
			column = 4
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(arg)
		column += length
	}
	return b.String()
}
