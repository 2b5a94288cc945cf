package course

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
)

// Shown is a text to pick, as a learner sees it.
type Shown struct {
	Label string // "3", or "4b" where there is another to choose from
	Text  string // perhaps several lines, with four spaces for a tab
	Pick  Pick
}

// Frame is what stands around the parts, with a sign for what is missing.
func (p Puzzle) Frame() string {
	if !p.Exercise.Table {
		return tidy(p.around[0] + "…" + p.around[len(p.Parts)])
	}
	return p.filled("__1__", "__2__")
}

// Filled is the row of a table with what was picked.
func (p Puzzle) Filled(picks []Pick) string {
	picks = slices.SortedFunc(slices.Values(picks), func(a, b Pick) int { return a.Part - b.Part })
	return p.filled(p.Parts[0][picks[0].Text], p.Parts[1][picks[1].Text])
}

func (p Puzzle) filled(first, second string) string {
	behind := p.around[2][:len(p.around[2])-(len(p.Exercise.Text)-p.Row.End)]
	return tidy(p.around[0][p.Row.Start:] + first + p.around[1] + second + behind)
}

// Shown are all texts in an order that tells nothing, and is always the same. Cells
// keep theirs.
func (p Puzzle) Shown() (all []Shown) {
	for i, part := range p.mixed() {
		texts := p.order(p.Parts[part])
		for j, words := range texts {
			label := strconv.Itoa(i + 1)
			if len(texts) > 1 {
				label += string(rune('a' + j))
			}
			pick := Pick{part, slices.Index(p.Parts[part], words)}
			all = append(all, Shown{Label: label, Text: tidy(words), Pick: pick})
		}
	}
	return all
}

// mixed are the numbers of the parts, in the order in which they are shown.
func (p Puzzle) mixed() []int {
	parts := make([]int, len(p.Parts))
	keys := make([]string, len(p.Parts))
	for i, part := range p.Parts {
		parts[i], keys[i] = i, Fingerprint(p.Exercise.ID.String()+strconv.Itoa(i)+part[0])
	}
	if p.Exercise.Table {
		return parts
	}
	mixed := slices.SortedFunc(slices.Values(parts), func(a, b int) int { return strings.Compare(keys[a], keys[b]) })
	if slices.IsSorted(mixed) {
		slices.Reverse(mixed)
	}
	return mixed
}

func (p Puzzle) order(part Part) []string {
	return slices.SortedFunc(slices.Values(part), func(a, b string) int {
		return strings.Compare(Fingerprint(p.Exercise.ID.String()+a), Fingerprint(p.Exercise.ID.String()+b))
	})
}

// remark is a comment: only one of two texts may have one, which would tell.
var remark = regexp.MustCompile(`(?m)^\s*// .*\n|[ \t]+// .*$`)

// tidy is a text without comments, and not deeper to the right than it must be. A
// statement in braces takes one line where that is short.
func tidy(code string) string {
	lines := strings.Split(remark.ReplaceAllString(code, ""), "\n")
	last := lines[len(lines)-1]
	depth := last[:len(last)-len(strings.TrimLeft(last, "\t"))]
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(strings.TrimPrefix(line, depth), "\t", "    ")
	}
	const short = 66
	if one := strings.Join(strings.Fields(strings.Join(lines, " ")), " "); len(lines) == 3 && len(one) <= short &&
		!strings.HasPrefix(one, "case ") {
		return one
	}
	return strings.Join(lines, "\n")
}

// Read reads the labels that a learner typed. problem says what is wrong with them.
func (p Puzzle) Read(line string) (picks []Pick, problem string) {
	known := map[string]Pick{}
	for _, s := range p.Shown() {
		known[s.Label] = s.Pick
	}
	seen := map[int]bool{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(line), func(r rune) bool { return r == ' ' || r == ',' }) {
		pick, ok := known[word]
		if _, pair := known[word+"a"]; pair {
			return nil, text.T("%[1]s comes in more than one way: write %[1]sa, or another letter.", word)
		}
		if !ok {
			return nil, text.T("There is no %s.", word)
		}
		if seen[pick.Part] {
			return nil, text.T("%s is one too many: each number comes once.", word)
		}
		seen[pick.Part] = true
		picks = append(picks, pick)
	}
	if missing := len(p.Parts) - len(picks); missing > 0 {
		return nil, text.N(missing, "%d number is missing.", "%d numbers are missing.")
	}
	return picks, ""
}
