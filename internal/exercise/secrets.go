package exercise

import (
	"bytes"
	"log"
	"log/slog"
	"os"
	"sync"
	"testing"
)

// secrets are texts that no row's code may print, in the order of [Secret].
var secrets struct {
	sync.Mutex
	texts []string
}

// Secret names texts that no code under test may print from now on, such as a
// password or a token: a row during which one of them comes to log, slog,
// standard output or standard error fails. Tests call it where they make one.
func Secret(texts ...string) {
	secrets.Lock()
	defer secrets.Unlock()
	secrets.texts = append(secrets.texts, texts...)
}

// told is the first secret that is in what a row printed, or "".
func told(printed []byte) string {
	secrets.Lock()
	defer secrets.Unlock()
	for _, text := range secrets.texts {
		if text != "" && bytes.Contains(printed, []byte(text)) {
			return text
		}
	}
	return ""
}

// overhear keeps what is printed until the end of the test, prints it then, and
// fails the test if a secret is in it. What is printed belongs to the process, so
// no two tests may overhear at once.
func overhear(t *testing.T) {
	t.Helper()
	kept, err := os.CreateTemp("", "printed-*")
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr, toLog, toSlog := os.Stdout, os.Stderr, log.Writer(), slog.Default()
	os.Stdout, os.Stderr = kept, kept
	log.SetOutput(kept)
	t.Cleanup(func() {
		t.Helper()
		os.Stdout, os.Stderr = stdout, stderr
		slog.SetDefault(toSlog) // before log, whose output it may change
		log.SetOutput(toLog)
		printed := takeAll(t, kept)
		_, _ = stdout.Write(printed)
		if secret := told(printed); secret != "" {
			t.Errorf("expected that nothing is printed which others may not know, got a password or token in the output: %s",
				bytes.ReplaceAll(lineWith(printed, secret), []byte(secret), []byte("[***]")))
		}
	})
}

// takeAll returns what is in the file, and removes it.
func takeAll(t *testing.T, file *os.File) []byte {
	t.Helper()
	printed, err := os.ReadFile(file.Name())
	if err != nil {
		t.Error(err)
	}
	_ = file.Close()
	_ = os.Remove(file.Name())
	return printed
}

// lineWith is the first line that holds the text.
func lineWith(printed []byte, text string) []byte {
	for line := range bytes.Lines(printed) {
		if bytes.Contains(line, []byte(text)) {
			return bytes.TrimSpace(line)
		}
	}
	return printed // the text has a line break
}
