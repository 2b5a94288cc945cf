package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/review"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// flow plays two chapters through the hands of two people, each with a clone,
// and a bare repository between them. It notes what they type and read.
type flow struct {
	t     *testing.T
	dir   string
	env   []string
	old   string // the page of the last time
	text  strings.Builder
	name  string // of the stand-in, which the page calls ann
	token string // the last access token, which the page cuts short
}

// TestFlow carries chapters 1 and 3 from start to merge: solved with two planted
// mistakes each, reviewed once from a checkout and once from a patch, and
// mended on the comments. Then it ships the result.
func TestFlow(t *testing.T) {
	if os.Getenv(transcriptVariable) == "" {
		t.Skip("it runs the tests of two chapters a dozen times: " + transcriptVariable + "=check, and " +
			instanceVariable + "=1 to ship the result")
	}
	f := newFlow(t)
	f.chapterOne(t)
	f.chapterThree(t)
	if t.Run("ship", f.ship) {
		f.keep(t)
	}
}

// chapterOne is reviewed from a checkout.
func (f *flow) chapterOne(t *testing.T) {
	f.say("## Chapter 1\n\nAnn has a copy of the workbook and starts.")
	f.run("ann", "go tool workbook start 1", 0)
	f.say(
		"She writes the twelve exercises, most of them as the answer key has them. `Chain` is her own. " +
			"Two of them hold a mistake that she does not see.")
	f.solve("ann", 1, "1.6-tells-the-client", "1.10-answers-and-goes-on")
	f.write("ann", "1.3",
		"func Chain(mws ...Middleware) Middleware {\n\treturn func(next http.Handler) http.Handler {\n\t\tfor i := len(mws) - 1; i >= 0; i-- {\n\t\t\tnext = mws[i](next)\n\t\t}\n\t\treturn next\n\t}\n}")
	f.run("ann", "git commit --quiet --all --message '01-middleware: solve the exercises'", 0)
	out := f.typed("ann", "go tool workbook pr 1", "Should Recover log before it answers, or after?\n", 1)
	assert.Contains(t, out, "10 of 12 exercises green")
	assert.Contains(t, out, "(missingreturn)")
	f.run("ann", "git push --quiet --set-upstream origin start/01-middleware chapter/01-middleware", 0)
	f.say(
		"On GitHub she would open the pull request now, as a draft. Here the bare repository has no such thing, so she tells Ben.\n\n### Ben reviews from a checkout")
	f.run("ben", "git fetch --quiet", 0)
	f.run("ben", "git switch --quiet chapter/01-middleware", 0)
	out = f.run("ben", "go tool workbook review 1", 0)
	assert.Equal(t, 2, strings.Count(out, "The rows of a known mistake fail:"), "both planted mistakes are known")
	assert.LessOrEqual(t, strings.Count(out, "\n**P"), review.MostComments)
	assert.Contains(t, out, "**P1** `01-middleware/requirerole.go:")
	assert.Contains(t, out, "**P1** `01-middleware/recover.go:")
	f.say("He reads the code, keeps the draft's questions and sends them.\n\n### Ann mends what the comments ask about")
	f.solve("ann", 1)
	f.write("ann", "1.3",
		"func Chain(mws ...Middleware) Middleware {\n\treturn func(next http.Handler) http.Handler {\n\t\tfor i := len(mws) - 1; i >= 0; i-- {\n\t\t\tnext = mws[i](next)\n\t\t}\n\t\treturn next\n\t}\n}")
	f.run("ann", "git diff --stat", 0)
	f.run("ann",
		"git commit --quiet --all --message "+
			"'01-middleware: stop after a refusal, and tell the client nothing of a panic'", 0)
	out = f.typed("ann", "go tool workbook pr 1", "\n", 0)
	assert.Contains(t, out, "12 of 12 exercises green")
	f.run("ann", "cat .workbook/local/pr/01-middleware.md", 0)
	f.run("ann", "git push --quiet", 0)
	f.merge("01-middleware")
	f.run("ann", "go tool workbook finish 1", 0)
	f.run("ann", "git push --quiet origin main", 0)
}

// chapterThree is reviewed from a patch.
func (f *flow) chapterThree(t *testing.T) {
	f.say("## Chapter 3\n\nIt is started from main, which has Ann's chapter 1 now.")
	f.run("ann", "go tool workbook start 3", 0)
	f.say(
		"Two mistakes again: a table that tries the happy path alone, " +
			"and a check that lets everybody in while the store is down.")
	f.solve("ann", 3, "3.2-happy-path-alone", "3.4-fails-open")
	f.run("ann", "git commit --quiet --all --message '03-token-scenarios: solve the exercises'", 0)
	out := f.typed("ann", "go tool workbook pr 3", "Is a session over at its end, or a moment after?\n", 1)
	assert.Regexp(t, `(\d+) of (\d+) impostors unmasked`, out)
	f.run("ann", "git diff start/03-token-scenarios...chapter/03-token-scenarios > /tmp/3.patch", 0)
	f.say(
		"### Ben reviews from the patch\n\nHe stays on his main branch. The patch is applied to a copy of his workbook.")
	f.run("ben", "git switch --quiet main", 0)
	f.run("ben", "git pull --quiet", 0)
	out = f.run("ben", "go tool workbook review 3 /tmp/3.patch", 0)
	assert.Contains(t, out, "survives: TestAccessScenarios/unmasks/")
	assert.Contains(t, out, "**P1** `03-token-scenarios/authenticate.go:")
	assert.Contains(t, out, "**P1** `03-token-scenarios/access_scenarios_test.go:")
	f.say("### Ann mends what the comments ask about")
	f.solve("ann", 3)
	f.run("ann",
		"git commit --quiet --all --message '03-token-scenarios: refuse while the store is down, and try the other ways'", 0)
	out = f.typed("ann", "go tool workbook pr 3", "\n", 0)
	assert.Contains(t, out, "13 of 13 exercises green")
	f.run("ann", "git push --quiet --set-upstream origin start/03-token-scenarios chapter/03-token-scenarios", 0)
	f.merge("03-token-scenarios")
	f.run("ann", "go tool workbook finish 3", 0)
	f.run("ann", "git push --quiet origin main", 0)
	f.run("ann", "go tool workbook", 0)
}

// newFlow makes the repository between Ann and Ben, and their clones.
func newFlow(t *testing.T) *flow {
	t.Helper()
	old, err := os.ReadFile(transcript)
	require.NoError(t, err)
	f := &flow{t: t, dir: t.TempDir(), old: string(old), name: fmt.Sprintf("flow%d", os.Getpid()%1e7)}
	f.env = append(os.Environ(), fixture.Environment(f.dir)...)
	f.env = append(f.env, "COLUMNS=100", "CGO_ENABLED=1", "SSH_AUTH_SOCK=") // cgo: for the race detector
	copyWhole(t, filepath.Join(f.dir, "seed"))
	f.quietly("seed",
		"git init --quiet --initial-branch main && git add --all && git commit --quiet --message 'The workbook' && "+
			"git clone --quiet --bare . ../authbook.git")
	f.quietly("", "git clone --quiet authbook.git ann && git clone --quiet authbook.git ben")
	f.quietly("seed", "go build -o ../bin/workbook ./internal/workbook")
	return f
}

// copyWhole copies the repository as it is in a fresh clone.
func copyWhole(t *testing.T, to string) {
	t.Helper()
	from, err := course.Open(Repository)
	require.NoError(t, err)
	chapters, err := from.Chapters()
	require.NoError(t, err)
	entries, err := os.ReadDir(from.Root)
	require.NoError(t, err)
	for _, e := range entries {
		if e.Name() == ".git" || e.Name() == "data" || e.Name() == ".workbook" {
			continue
		}
		require.NoError(t, os.MkdirAll(to, 0o755))
		require.NoError(t, fixture.CopyAll(filepath.Join(from.Root, e.Name()), filepath.Join(to, e.Name())))
	}
	for _, ch := range chapters {
		require.NoError(t, from.PutTree(filepath.Join(to, ch.Name), ch.Disk, ch.Reference))
	}
}

// fence is longer than those of what the commands write.
const fence = "````"

func (f *flow) say(format string, args ...any) {
	f.leaveBlock()
	fmt.Fprintf(&f.text, "\n"+format+"\n", args...)
}

// leaveBlock ends the line of a fence, if the page ends in one.
func (f *flow) leaveBlock() {
	if strings.HasSuffix(f.text.String(), fence) {
		f.text.WriteString("\n")
	}
}

// quietly runs what is not part of the story.
func (f *flow) quietly(dir, command string) {
	f.t.Helper()
	out, err := f.command(f.t.Context(), dir, command, "").CombinedOutput()
	require.NoError(f.t, err, "%s: %s", command, out)
}

// command runs in a folder of f.dir.
func (f *flow) command(ctx context.Context, dir, command, input string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.Dir = filepath.Join(f.dir, dir)
	cmd.Stdin = strings.NewReader(input)
	cmd.Env = f.env
	return cmd
}

// run is what a person types, and reads.
func (f *flow) run(who, command string, status int) string {
	f.t.Helper()
	return f.typed(who, command, "", status)
}

func (f *flow) typed(who, command, input string, status int) string {
	f.t.Helper()
	cmd := f.command(f.t.Context(), who, f.real(command), input)
	out, err := cmd.CombinedOutput()
	require.Equal(f.t, status, cmd.ProcessState.ExitCode(), "%s$ %s: %v\n%s", who, command, err, out)
	text := f.scrub(string(out))
	if input != "" { // what was typed shows on a terminal
		text = strings.Replace(text, "One line, or nothing:", strings.TrimSpace("One line, or nothing: "+input), 1)
	}
	if !strings.HasSuffix(f.text.String(), fence) { // else the last block goes on
		f.text.WriteString("\n" + fence + "console\n")
	} else {
		before := strings.TrimSuffix(f.text.String(), fence)
		f.text.Reset()
		f.text.WriteString(before)
	}
	fmt.Fprintf(&f.text, "%s$ %s\n%s%s", who, command, text, fence)
	return text
}

// real is a command of the page as it runs here.
func (f *flow) real(command string) string {
	return strings.NewReplacer("go tool workbook", filepath.Join(f.dir, "bin", "workbook"), "/tmp/", f.dir+"/",
		"-name ann", "-name "+f.name, "authbook-standin/ann/", "authbook-standin/"+f.name+
			"/", shortToken, f.token).Replace(command)
}

// scrub takes out what is of this machine alone.
func (f *flow) scrub(text string) string {
	if token := tokenPattern.FindString(text); token != "" {
		f.token = token
	}
	text = strings.NewReplacer(f.dir, "/home", f.name, "ann").Replace(tokenPattern.ReplaceAllString(text, shortToken))
	text = regexp.MustCompile(`(?m)^make a Debian in .*\n`).ReplaceAllString(text, "") // the first time
	text = regexp.MustCompile(`(?m)[ \t\r]+$`).ReplaceAllString(text, "")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// app is the workbook's tool in somebody's clone.
func (f *flow) app(who string) *session {
	a, _ := openSession(f.t, filepath.Join(f.dir, who))
	return a
}

// solve writes all exercises of a chapter as the reference has them, but for
// some wrong answers.
func (f *flow) solve(who string, number int, wrong ...string) {
	f.t.Helper()
	a := f.app(who)
	ch, err := a.course.Chapter(fmt.Sprint(number))
	require.NoError(f.t, err)
	revealAll(f.t, a, ch.Name)
	answers, err := ch.WrongAnswers()
	require.NoError(f.t, err)
	for _, name := range wrong {
		found := false
		for _, w := range answers {
			if w.Short() == name {
				found = true
				f.put(who, w.ID.String(), w.Text, w.Imports)
			}
		}
		require.True(f.t, found, "there is no wrong answer %s", name)
	}
}

// write gives an exercise a text of the learner's own.
func (f *flow) write(who, word, text string) { f.put(who, word, text, nil) }

func (f *flow) put(who, word, text string, imports []course.ImportSpec) {
	f.t.Helper()
	a := f.app(who)
	ch, e, err := a.course.Exercise(word)
	require.NoError(f.t, err)
	names, err := course.NamesOf(f.t.Context(), a.course.Root, ch.Reference)
	require.NoError(f.t, err)
	changed, err := ch.Disk.Put(e, text, imports, names)
	require.NoError(f.t, err)
	require.NoError(f.t, os.WriteFile(filepath.Join(ch.Dir, e.File), []byte(changed[e.File]), 0o644))
}

// merge is what gh pr merge --merge does on GitHub.
func (f *flow) merge(name string) {
	f.t.Helper()
	f.say("### The merge\n\nOn GitHub: `gh pr merge --merge chapter/%s`. Here Ben does by hand what that does.", name)
	f.run("ben", "git fetch --quiet && git switch --quiet start/"+name, 0)
	f.run("ben", "git merge --quiet --no-ff --message 'Merge chapter/"+name+"' origin/chapter/"+name, 0)
	f.run("ben", "git push --quiet", 0)
	f.say("### Ann finishes")
}
