package ops

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/authbook/final/internal/config"
)

// CheckConfig runs `final check-config [NAME]`: it says whether a server could
// start with this environment and its database, and starts none. NAME must be a
// variable of the table. What it checks is what Run of package serve does before
// it listens; ship asks it before it switches to a release or keeps a setting.
func CheckConfig(ctx context.Context, args []string, getenv func(string) string, stdout io.Writer) error {
	if len(args) > 1 {
		return errors.New("check-config takes one variable at most: final check-config NAME")
	}
	for _, name := range args {
		if err := config.CheckName(name); err != nil {
			return err
		}
	}
	c, err := config.Read(getenv)
	if err != nil {
		return err
	}
	if err := c.CheckPlaces(ctx); err != nil {
		return err
	}
	for _, warning := range c.Warnings() {
		fmt.Fprintln(stdout, warning)
	}
	fmt.Fprintln(stdout, "the configuration is in order")
	return nil
}
