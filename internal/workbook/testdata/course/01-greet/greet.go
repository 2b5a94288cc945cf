package greet

import (
	"fmt"
	str "strings"
)

// Greet returns a greeting for a name, whose spaces at both ends do not count.
//
//workbook:exercise 1.2
func Greet(name string) string {
	name = str.TrimSpace(name)
	if name == "" {
		name = "you" // nobody likes "Hello, !"
	}
	return fmt.Sprintf("Hello, %s!", name)
}

// GreetAll greets several people.
//
//workbook:exercise 1.4
func GreetAll(names ...string) []string {
	return Map(names, Greet)
}
