package text

import (
	_ "embed"
	"strings"
	"sync"
)

// What the server says to the one who starts it stays English where it is said: its rooms
// know no language. It is translated where it leaves the process, by the formats in
// server.ko.po. The log has no part in it: programs read that.

//go:embed server.ko.po
var koreanServerPO string

var koreanServer = sync.OnceValue(func() speech { return speechOf(Parse(koreanServerPO)) })

// OfServer is what the server says, in a language, line by line.
func (l Language) OfServer(english string) string {
	if l != Korean {
		return english
	}
	var b strings.Builder
	for line := range strings.Lines(english) {
		words := strings.TrimSpace(line)
		b.WriteString(strings.Replace(line, words, koreanServer().said(words), 1))
	}
	return b.String()
}
