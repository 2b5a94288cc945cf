package deploy

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCopyChecked(t *testing.T) {
	// printf %s release | sha256sum
	const sum = "a4d451ec23463726f72c43d64c710968f6b602cd653b4de8adee1b556240a829"
	broken := errors.New("connection lost")
	type row struct {
		name string
		src  io.Reader
		sum  string
		want error
		why  string
	}
	rows := []row{
		{"bytes that arrived as they were sent", strings.NewReader("release"), sum, nil, "nothing is wrong"},
		{"bytes that came one at a time", iotest.OneByteReader(strings.NewReader("release")), sum, nil,
			"a network does that"},
		{"bytes that end too early", strings.NewReader("releas"), sum, ErrChecksum, "half a program crashes, or worse"},
		{"bytes that were changed", strings.NewReader("relEase"), sum, ErrChecksum,
			"one flipped bit is another program"},
		{"bytes that were added", strings.NewReader("release!"), sum, ErrChecksum, "somebody put them there"},
		{"no bytes", strings.NewReader(""), sum, ErrChecksum, "an empty program"},
		{"no checksum to compare with", strings.NewReader("release"), "", ErrChecksum, "unknown is not right"},
		{"the start of the checksum", strings.NewReader("release"), sum[:8], ErrChecksum, "eight digits can be forged"},
		{"a source that breaks", iotest.ErrReader(broken), sum, broken,
			"the cause is the connection, not the checksum"},
	}
	exercise.Rows(t, "5.7", rows, func(t *testing.T, row row) {
		var dst strings.Builder
		err := copyChecked(&dst, row.src, row.sum)
		if row.want != nil {
			require.ErrorIs(t, err, row.want, row.why)
			return
		}
		require.NoError(t, err, row.why)
		assert.Equal(t, "release", dst.String(), "what was checked is what is used")
	})
}
