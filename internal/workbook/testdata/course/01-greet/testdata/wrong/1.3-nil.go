// Wrong: a nil slice for no elements.
//
// Hint: What does an empty answer look like in JSON: [] or null?
//
// Fails:
//   - TestMap/of_none
package greet

func Map[T, U any](in []T, f func(T) U) []U {
	var out []U
	for _, v := range in {
		out = append(out, f(v))
	}
	return out
}
