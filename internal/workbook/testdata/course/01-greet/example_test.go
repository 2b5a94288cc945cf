package greet_test

import (
	"fmt"

	greet "example.com/authbook/01-greet"
)

func ExampleGreetAll() {
	fmt.Println(greet.GreetAll("Ann", "Bo"))
	// Output: [Hello, Ann! Hello, Bo!]
}
