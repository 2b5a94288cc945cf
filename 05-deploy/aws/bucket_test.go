package aws

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The command of the template's output fills a bucket of a small twin of S3. What
// the instance's role allows there, AWS alone shows.
func TestStack_sendsBackupsToABucket(t *testing.T) {
	need(t, "aws")
	bin, work := t.TempDir(), t.TempDir()
	install := exec.CommandContext(t.Context(), "go", "install",
		"github.com/johannesboyne/gofakes3/cmd/gofakes3@v1.2.0")
	install.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=")
	if output, err := install.CombinedOutput(); err != nil {
		t.Skipf("NOT SHOWN: no small twin of S3 is here: %s", output)
	}
	addr := freeAddr(t)
	startAt(t, addr, filepath.Join(bin, "gofakes3"), "-backend", "memory", "-host", addr, "-initialbucket", "mine")

	output := at(t, "Outputs.BackupCommand.Value").([]any)[0].(string)
	_, command, _ := strings.Cut(output, "echo '")
	command, _, _ = strings.Cut(command, "'")
	command = strings.NewReplacer("${AWS::Region}", "us-east-1", "${BackupBucket}", "mine",
		"${AWS::StackName}", "authbook", "aws s3", "aws --endpoint-url http://"+addr+" s3").Replace(command)
	run := func(command, input string) string {
		shell := exec.CommandContext(t.Context(), "sh", "-c", command)
		shell.Dir, shell.Stdin = work, strings.NewReader(input)
		shell.Env = append(os.Environ(), "AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x")
		output, err := shell.CombinedOutput()
		require.NoErrorf(t, err, "%s\n%s", command, output)
		return string(output)
	}
	run(command, "a copy")
	run(strings.Replace(command, " - s3://", " s3://", 1)+" back", "")
	text, err := os.ReadFile(filepath.Join(work, "back"))
	require.NoError(t, err)
	assert.Equal(t, "a copy", string(text))
}
