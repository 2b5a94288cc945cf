package greet

import "strings"

// Loud returns s in upper case with an exclamation mark, and "" for "".
func Loud(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s) + "!"
}
