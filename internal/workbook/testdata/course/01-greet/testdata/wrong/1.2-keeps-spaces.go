// Wrong: spaces around the name are kept.
//
// Hint: Print the name between quotes. What is there besides letters?
//
// Fails:
//   - TestGreet/a_name_with_spaces
package greet

import "fmt"

func Greet(name string) string {
	if name == "" {
		name = "you"
	}
	return fmt.Sprintf("Hello, %s!", name)
}
