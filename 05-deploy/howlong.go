package deploy

import (
	"fmt"
	"time"
)

// HowLong says how long something lasted, in words for whoever looks at a machine
// in trouble: "47 hours", "2 days".
//
// It takes the largest of seconds, minutes, hours and days of which there are at
// least two, and counts the whole ones: what is not full does not count. Below two
// seconds it is "1 second" or "0 seconds". The clocks of two machines differ, so a
// time can be negative: that is "0 seconds" too.
//
//workbook:exercise 5.13
func HowLong(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return fmt.Sprintf("%d days", d/day)
	case d >= 2*time.Hour:
		return fmt.Sprintf("%d hours", d/time.Hour)
	case d >= 2*time.Minute:
		return fmt.Sprintf("%d minutes", d/time.Minute)
	case d >= time.Second && d < 2*time.Second:
		return "1 second"
	}
	return fmt.Sprintf("%d seconds", max(0, d/time.Second))
}
