package text

import (
	"strconv"
	"strings"
)

// Parse reads the translations of a PO file, the format of GNU gettext: msgid
// and msgstr, each a quoted string, which may go on in the next lines. What has
// no translation yet is left out.
func Parse(po string) map[string]string {
	all := map[string]string{}
	var id, str string
	var into *string
	for line := range strings.Lines(po + "\nmsgid \"\"\n") {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "msgid "); ok {
			if id != "" && str != "" {
				all[id] = str
			}
			id, str, into, line = "", "", &id, rest
		} else if rest, ok := strings.CutPrefix(line, "msgstr "); ok {
			into, line = &str, rest
		}
		if part, err := strconv.Unquote(line); err == nil && into != nil {
			*into += part
		}
	}
	return all
}
