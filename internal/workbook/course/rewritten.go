package course

import "example.com/authbook/internal/mark"

// Rewritten returns the open exercises that were changed since some texts were read, in
// their order, and the texts as they are now. Of an unknown text nothing is said.
func (ch *Chapter) Rewritten(before map[mark.ID]string, p Progress) (changed []mark.ID, now map[mark.ID]string) {
	now = map[mark.ID]string{}
	for _, e := range ch.Exercises {
		now[e.ID] = e.Text
		if was, known := before[e.ID]; known && was != e.Text && !p.HasPassed(e) {
			changed = append(changed, e.ID)
		}
	}
	return changed, now
}
