package exercise

// Nearest returns the row of a table that meets an impostor's flaw most often, and in
// which of its steps it meets it first, counted from 1; 0 if no row does. steps is how
// many a row has, and meets how often the flaw comes into play in the first n of them.
func Nearest[R any](table []R, steps func(R) int, meets func(row R, n int) int64) (row R, step int) {
	most := int64(0)
	for _, r := range table {
		if n := meets(r, steps(r)); n > most {
			row, most = r, n
		}
	}
	for n := 1; most > 0 && n <= steps(row); n++ {
		if meets(row, n) > 0 {
			return row, n
		}
	}
	return row, 0
}
