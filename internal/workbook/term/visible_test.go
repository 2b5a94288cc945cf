package term

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVisible(t *testing.T) {
	assert.Equal(t, "\tjin 진호\n", Visible("\tjin 진호\n"))
	assert.Equal(t, `\x1b[2J\r\u202e\u200b\ufeff`+"\ufffd"+`\a`, Visible("\x1b[2J\r\u202e\u200b\ufeff\xff\a"))
}
