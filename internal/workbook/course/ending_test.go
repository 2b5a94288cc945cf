package course

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEndingIn(t *testing.T) {
	const notes = "- not this\n\n<details><summary>When the chapter is green</summary>\n\nYou can now:\n\n- wrap `x`\n- stop it\n\n" +
		"**Next.** Chapter 02 breaks it.\n\n</details>\n\n- nor this\n"
	assert.Equal(t, Ending{Can: []string{"wrap `x`", "stop it"}, Next: "Chapter 02 breaks it."}, endingIn(notes))
	assert.Equal(t, Ending{}, endingIn("- no fold\n"), "a chapter without one just ends")
}
