package course

import (
	"maps"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// Moves says under which number each exercise of a chapter goes on in a newer
// workbook.
type Moves map[mark.ID]mark.ID

// gone is added to the number of an exercise that the newer workbook does not
// have, so that it is not taken for the one that has the number now.
const gone = 9000

// MovesBetween compares two versions of a chapter. An exercise is known by the
// name that it declares; one with a new name, by its number.
func MovesBetween(before, after []mark.Exercise) Moves {
	m := Moves{}
	for _, old := range before {
		now, ok := named(after, old.Name)
		if !ok {
			now, ok = Find(after, old.ID)
			_, taken := named(before, now.Name)
			ok = ok && !taken
		}
		if !ok {
			now.ID = mark.ID{Chapter: old.ID.Chapter, Number: old.ID.Number + gone}
		}
		m[old.ID] = now.ID
	}
	return m
}

func named(all []mark.Exercise, name string) (mark.Exercise, bool) {
	i := slices.IndexFunc(all, func(e mark.Exercise) bool { return e.Name == name })
	if i < 0 {
		return mark.Exercise{}, false
	}
	return all[i], true
}

// Renumber returns a copy of t with its exercises under their new numbers, in
// the marks and in what is blank.
func (t Tree) Renumber(m Moves) (Tree, error) {
	all, err := t.Exercises()
	if err != nil {
		return nil, err
	}
	edits := map[string][]Edit{}
	for _, e := range all {
		if now, ok := m[e.ID]; ok && now != e.ID {
			edits[e.File] = append(edits[e.File], renumbered(e, t[e.File], now)...)
		}
	}
	out := maps.Clone(t)
	for name, list := range edits {
		out[name] = Splice(t[name], list)
	}
	return out, nil
}

// Renumbered are the learner's files and the reference under the numbers that a
// newer reference has.
func (ch *Chapter) Renumbered(news Tree) (disk, reference Tree, err error) {
	before, err := ch.Reference.Exercises()
	if err != nil {
		return nil, nil, err
	}
	after, err := news.Exercises()
	if err != nil {
		return nil, nil, err
	}
	m := MovesBetween(before, after)
	if disk, err = ch.Disk.Renumber(m); err != nil {
		return nil, nil, err
	}
	reference, err = ch.Reference.Renumber(m)
	return disk, reference, err
}

// renumbered are the edits that give an exercise of a file another number.
func renumbered(e mark.Exercise, text string, now mark.ID) []Edit {
	old := e.ID.String()
	edit := func(at int, behind string) Edit {
		at += strings.Index(text[at:], behind) + len(behind)
		at += strings.Index(text[at:], old)
		return Edit{Span{at, at + len(old)}, now.String()}
	}
	edits := []Edit{edit(strings.LastIndex(text[:e.Start], mark.Comment), mark.Comment)}
	if e.Blank && strings.Contains(e.Text, "TODO "+old+" ") {
		edits = append(edits, edit(e.Start, "TODO "))
	}
	return edits
}

// Move takes what is noted of a chapter's exercises along to their new numbers.
// numbering names the new ones: a branch that is updated later finds them done.
func (p *Progress) Move(chapter string, m Moves, numbering string) {
	if p.Numbering[chapter] == numbering {
		return
	}
	if p.Numbering == nil {
		p.Numbering = map[string]string{}
	}
	p.Numbering[chapter] = numbering
	p.Passed, p.Hints = moved(p.Passed, m), moved(p.Hints, m)
	p.Told, p.Revealed = moved(p.Told, m), moved(p.Revealed, m)
	p.Compared, p.Tries = moved(p.Compared, m), moved(p.Tries, m)
	p.Ordered, p.Green, p.Recalled = moved(p.Ordered, m), moved(p.Green, m), moved(p.Recalled, m)
	p.Guesses = moved(p.Guesses, m)
	p.Current = m.of(p.Current)
}

func moved[V any](all map[string]V, m Moves) map[string]V {
	if all == nil {
		return nil
	}
	out := map[string]V{}
	for id, v := range all {
		out[m.of(id)] = v
	}
	return out
}

// of is the new number of an exercise.
func (m Moves) of(id string) string {
	if old, ok := mark.ParseID(id); ok {
		if now, ok := m[old]; ok {
			return now.String()
		}
	}
	return id
}

// Numbering tells one list of exercises from another, whatever their texts are.
func Numbering(all []mark.Exercise) string {
	var list strings.Builder
	for _, e := range all {
		list.WriteString(e.String() + "\n")
	}
	return Fingerprint(list.String())
}
