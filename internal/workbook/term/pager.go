package term

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"strings"
)

// Paged prints through $PAGER, or less, where a terminal shows it. As under git, less
// ends by itself after a text that fits the screen.
func (u *UI) Paged(show func() error) error {
	words := strings.Fields(cmp.Or(os.Getenv("PAGER"), "less"))
	if !u.Screen || len(words) == 0 {
		return show()
	}
	var text bytes.Buffer
	out, root := u.Out, u.root
	u.Out, u.root = &text, "" // older pagers print links as they are
	err := show()
	u.Out, u.root = out, root
	if err != nil {
		return err
	}
	pager := exec.Command(words[0], words[1:]...)
	pager.Stdin, pager.Stdout, pager.Stderr = bytes.NewReader(text.Bytes()), out, os.Stderr
	pager.Env = append([]string{"LESS=FRX"}, os.Environ()...)
	if pager.Start() != nil { // there is none
		_, err = out.Write(text.Bytes())
		return err
	}
	_ = pager.Wait() // whoever reads may end it
	return nil
}
