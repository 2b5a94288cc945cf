package ops

import "strings"

// isFlag says that an argument asks for something and names no file: nobody
// who types backup --help wants a file of that name.
func isFlag(arg string) bool { return strings.HasPrefix(arg, "-") }
