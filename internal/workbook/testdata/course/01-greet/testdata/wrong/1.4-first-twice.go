// Wrong: the first name is greeted for all.
//
// Hint: Follow the second name through your loop.
//
// Fails:
//   - TestGreetAll/two
package greet

func GreetAll(names ...string) []string {
	var all []string
	for range names {
		all = append(all, Greet(names[0]))
	}
	return all
}
