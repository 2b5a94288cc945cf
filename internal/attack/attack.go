package attack

import (
	"cmp"
	"embed"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// Attack is one way in, with the code that leaves it open.
type Attack struct {
	Exercise string     // whose code keeps the attacker out, "2.6"
	Name     string     // "key-confusion"
	Flaw     string     // a wrong answer, or a file in flaws/
	Story    text.Key   // two or three sentences
	Known    []Known    // what the attacker has
	Goal     text.Key   // "" is the victim's GET /me
	Hints    []text.Key // three, from small to nearly all
	Held     Held       // what a server without the flaw answers
	Case     text.Key   // where it happened

	RSA     bool // tokens are signed with RS256
	Library bool // and read by golang-jwt
	adapt   func(*World)
}

// Known is something that the attacker knows, and its name below /known/.
type Known struct {
	Name string
	What text.Key
}

// Held is an answer that shows that an attack was refused, and how often it must
// come.
type Held struct {
	Answer string // "GET /me 401 INVALID_TOKEN"
	Times  int    // 0 is once
}

//go:embed flaws
var flaws embed.FS

// Edits returns the text of a flaw in flaws/, and false for a wrong answer.
func (a Attack) Edits() (string, bool) {
	edits, err := flaws.ReadFile(a.Flaw)
	return string(edits), err == nil
}

// Chapter is the folder's number, "2".
func (a Attack) Chapter() string {
	number, _, _ := strings.Cut(a.Exercise, ".")
	return number
}

// GoalText says what the attacker wants.
func (a Attack) GoalText() string {
	return cmp.Or(a.Goal, "GET /me as JIN HO. The nickname in the answer is the flag.").String()
}

func (a Attack) knownNames() (names []string) {
	for _, k := range a.Known {
		names = append(names, k.Name)
	}
	return names
}

// All returns every attack, in the order of the course.
func All() []Attack { return slices.Concat(ofTokens(), ofSessions(), ofAccounts()) }

// What most attackers have.
func ownToken() Known { return Known{"token", "an access token of yours; you are mallory"} }

func victimIDs() Known { return Known{"victim", "the two ids of JIN HO, from a log"} }
