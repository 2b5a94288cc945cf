package greet

// Map returns f of each element.
//
//workbook:exercise 1.3 TestMap/of_.*
func Map[T, U any](in []T, f func(T) U) []U {
	out := make([]U, 0, len(in))
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}
