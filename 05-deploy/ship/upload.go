package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"example.com/authbook/05-deploy/internal/agent"
)

// script is what ssh runs on the machine. It says what machine that is, becomes
// root, installs a new agent where we send one, and gives way to the agent. It
// waits for us with each line, and we for each of its own: no program of the
// machine reads what is meant for the next.
func (m *machine) script() string {
	root := fmt.Sprintf(rootScript, agent.ByVariable+"="+quote(m.app.by))
	become := "exec sh -c "
	if m.target.user != "root" {
		become = "exec sudo -n sh -c "
	}
	return "exec sh -c " + quote(`echo "@machine $(uname -sm)"; `+become+quote(root))
}

// rootScript takes who uses ship. A machine in a folder says where its file system
// begins; sudo lets no such variable through. What programs complain of is read here, so
// it is in English, whatever language the operator's ssh sends along.
const rootScript = `set -e
export LC_ALL=C
dir=$AUTHBOOK_ROOT/opt/authbook
host=$dir/host
complain() { echo "$1" >&2; exit 1; }
command -v systemctl >/dev/null || complain "there is no systemd on this machine"
sum=$(sha256sum "$host" 2>/dev/null) || sum=none
echo "@root ${sum%%%% *}"
read -r verb size sum || exit 1
if [ "$verb" = install ]; then
  (
    umask 077
    mkdir -p -m 755 "$dir"
    new=$(mktemp "$dir/.host-XXXXXX")
    trap 'rm -f "$new"' EXIT
    head -c "$size" > "$new"
    echo "$sum  $new" | sha256sum --check --status || complain "the upload was damaged on its way"
    chmod 700 "$new"
    "$new" runs 2>/dev/null || complain "the machine does not run what was built for its architecture"
    sync "$new"
    mv -f "$new" "$host"
  )
  echo @installed
  read -r verb size || exit 1
fi
[ -x "$host" ] || complain "nothing is shipped to this machine yet; run: ship HOST"
words=$(head -c "$size")
eval "set -- $words"
echo @run
export %s
exec "$host" -root "${AUTHBOOK_ROOT:-/}" "$@"`

// install sends the agent, unless the same one is there already. The file is
// whole or not there, like every release, and comes there only if this machine
// can run it.
func (s *session) install(program artifact) error {
	if s.agent == program.sum {
		return nil
	}
	file, err := os.Open(program.path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, _ = fmt.Fprintf(s.stdin, "install %d %s\n", program.size, program.sum)
	_, _ = io.Copy(s.stdin, file) // when it fails, await says why
	if _, err = s.await("@installed"); err != nil {
		return fmt.Errorf("upload: %w", inOneSentence(err))
	}
	return nil
}

// inOneSentence says the same of a full disk, whichever program has noticed it.
func inOneSentence(err error) error {
	if strings.Contains(err.Error(), "No space left on device") {
		return errors.New("the disk of the machine is full")
	}
	return err
}
