// Final greets with the chapter's own code.
package main

import (
	"fmt"
	"os"

	greet "example.com/authbook/01-greet"
)

func main() {
	names := append(os.Args[1:], "Ann")
	for _, line := range greet.GreetAll(names[:1]...) {
		fmt.Println(line)
	}
}
