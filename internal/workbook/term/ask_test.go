package term

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
)

// impatient types nothing but Ctrl-C.
type impatient struct{ ctx context.Context }

func (r impatient) Read([]byte) (int, error) {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Signal(os.Interrupt)
	}
	if err != nil {
		return 0, err
	}
	<-r.ctx.Done()
	return 0, io.EOF
}

func TestUI_line_interrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process can't send itself Ctrl-C there")
	}
	u := &UI{In: bufio.NewReader(impatient{t.Context()}), Out: &bytes.Buffer{}}
	answer, more := u.Line("Which?")
	assert.Empty(t, answer)
	assert.False(t, more, "whoever presses Ctrl-C wants no more questions")
}
