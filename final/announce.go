package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// announce says where the server is and, a line each, what it chose by itself.
func announce(w io.Writer, c config) {
	fmt.Fprintf(w, "authbook is ready: %s\n", c.publicURL)
	if c.swagger {
		fmt.Fprintf(w, "Swagger UI:        %s/swagger/\n", c.publicURL)
	}
	for _, v := range variables {
		if slices.Contains(c.unset, v.name) && v.standard != "none" {
			fmt.Fprintf(w, "  %s is not set, using %s\n", v.name, c.chosen(v))
		}
	}
	if !c.secure() && !strings.HasPrefix(c.publicURL, "http://localhost") {
		fmt.Fprintf(w, "WARNING: %s is plain HTTP: passwords and tokens can be read on the way, and the refresh cookie is not Secure\n", c.publicURL)
	}
}

// chosen says what holds for a variable that is not set.
func (c *config) chosen(v variable) string {
	switch v.name {
	case "ADDR":
		return c.addr
	case "AUTH_SECRET":
		return "the secret kept in " + c.secretPath
	case "PUBLIC_URL":
		return c.publicURL + ", so the refresh cookie is not Secure"
	}
	return v.standard
}
