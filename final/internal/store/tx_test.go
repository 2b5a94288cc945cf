package store

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRetry(t *testing.T) {
	busy, broken := errors.New("busy"), errors.New("broken")
	rows := []struct {
		name   string
		errs   []error // of the tries; nil after them
		want   error
		wanted int // tries
	}{
		{"success is not repeated", nil, nil, 1},
		{"a passing error is tried again", []error{busy, busy}, nil, 3},
		{"any other error is final", []error{busy, broken}, broken, 2},
		{"there is an end to it", []error{busy, busy, busy, busy, busy, busy}, busy, attempts},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := &Store{dialect: dialect{transient: func(err error) bool { return err == busy }}}
			tries := 0
			err := s.retry(func() error {
				tries++
				if tries <= len(row.errs) {
					return row.errs[tries-1]
				}
				return nil
			})
			assert.Equal(t, row.want, err)
			assert.Equal(t, row.wanted, tries)
		})
	}
}
