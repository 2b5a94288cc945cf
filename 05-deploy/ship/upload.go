package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// hostProgram is where the agent is on the machine.
const hostProgram = "/opt/authbook/host"

// installHost uploads the agent, unless the same one is there already.
// The file is whole or not there, like every release, and comes there only if
// this machine can run it.
func (m *machine) installHost(program artifact) error {
	path := m.app.hostPath(hostProgram)
	there, err := m.output(m.asRoot("sha256sum " + quote(path)))
	if err == nil && strings.HasPrefix(there, program.sum+" ") {
		return nil
	}
	file, err := os.Open(program.path)
	if err != nil {
		return err
	}
	defer file.Close()
	script := fmt.Sprintf(installScript, quote(m.app.hostPath("/opt/authbook")), program.sum, quote(path))
	if _, err := m.run(m.asRoot("sh -c "+quote(script)), file, nil); err != nil {
		return fmt.Errorf("upload: %w", inOneSentence(err))
	}
	return nil
}

// installScript takes a folder, the checksum of what comes in, and the path
// that it gets.
const installScript = `set -e
complain() { echo "$1" >&2; exit 1; }
umask 077
mkdir -p -m 755 %[1]s
new=$(mktemp %[1]s/.host-XXXXXX)
trap 'rm -f "$new"' EXIT
cat > "$new"
echo "%[2]s  $new" | sha256sum --check --status || complain "the upload was damaged on its way"
chmod 700 "$new"
"$new" runs 2>/dev/null || complain "the machine does not run what was built for its architecture"
sync "$new"
mv -f "$new" %[3]s`

// inOneSentence says the same of a full disk, whichever program has noticed it.
func inOneSentence(err error) error {
	if strings.Contains(err.Error(), "No space left on device") {
		return errors.New("the disk of the machine is full")
	}
	return err
}

// hostCommand is a command line for the agent.
func (m *machine) hostCommand(args ...string) string {
	return m.asRoot(quoteAll(append([]string{m.app.hostPath(hostProgram), "-root", m.app.root}, args...)...))
}
