package store

import (
	"context"
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
			s := &DB{dialect: dialect{transient: func(err error) bool { return err == busy }}}
			tries := 0
			err := s.retry(t.Context(), func() error {
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
	t.Run("who has gone is not waited for", func(t *testing.T) {
		s := &DB{dialect: dialect{transient: func(error) bool { return true }}}
		ctx, cancel := context.WithCancel(t.Context())
		tries := 0
		err := s.retry(ctx, func() error { tries++; cancel(); return busy })
		assert.Equal(t, busy, err)
		assert.Equal(t, 1, tries)
	})
}
