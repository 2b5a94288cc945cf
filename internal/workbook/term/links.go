package term

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// placeForm is what may be a file of the course, and perhaps a line of it.
var placeForm = regexp.MustCompile(`[\w.-]+(?:/[\w.-]+)+(?::\d+)?`)

// LinkBelow makes links of the files below root that [UI.Say] prints from now on, where
// the terminal is known to show them. The words stay: a link takes no columns.
func (u *UI) LinkBelow(root string) {
	if u.links {
		u.root = root
	}
}

// linked puts links (OSC 8) around the files that a line names by their paths from the root.
func (u *UI) linked(line string) string {
	if u.root == "" {
		return line
	}
	return placeForm.ReplaceAllStringFunc(line, func(place string) string {
		name, _, _ := strings.Cut(place, ":")
		path := filepath.Join(u.root, name)
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || !filepath.IsLocal(name) {
			return place
		}
		slashed := "/" + strings.TrimPrefix(filepath.ToSlash(path), "/") // /C:/… on Windows
		file := url.URL{Scheme: "file", Path: slashed}
		return "\x1b]8;;" + file.String() + "\x1b\\" + place + "\x1b]8;;\x1b\\"
	})
}

// showsLinks reports whether a terminal is known to understand OSC 8: one that is not
// might print it. VS Code finds FILE:LINE itself and jumps to the line, which a link
// can't. Over SSH the file is on another machine. FORCE_HYPERLINK decides where it is set.
func showsLinks(getenv func(string) string) bool {
	if force := getenv("FORCE_HYPERLINK"); force != "" {
		return force != "0"
	}
	if getenv("SSH_CONNECTION") != "" || getenv("STY") != "" { // GNU screen
		return false
	}
	vte, _ := strconv.Atoi(getenv("VTE_VERSION"))
	return vte > 5000 || getenv("WT_SESSION") != "" ||
		slices.Contains([]string{"iTerm.app", "WezTerm", "ghostty"}, getenv("TERM_PROGRAM")) ||
		slices.Contains([]string{"xterm-kitty", "alacritty", "foot"}, getenv("TERM"))
}
