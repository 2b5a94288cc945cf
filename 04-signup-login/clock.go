package accounts

import "time"

// clock returns the time of now, or of this machine where now is nil.
func clock(now func() time.Time) time.Time {
	if now == nil {
		return time.Now()
	}
	return now()
}
