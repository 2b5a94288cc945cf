package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// workflow is what these tests look at in a file of .github/workflows.
type workflow struct {
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]struct {
		Permissions map[string]string `yaml:"permissions"`
		Steps       []workflowStep    `yaml:"steps"`
	} `yaml:"jobs"`
}

type workflowStep struct {
	Name string            `yaml:"name"`
	ID   string            `yaml:"id"`
	Uses string            `yaml:"uses"`
	Env  map[string]string `yaml:"env"`
	Run  string            `yaml:"run"`
}

const workflows = Repository + "/.github/workflows"

func readWorkflow(name string) (workflow, error) {
	var w workflow
	text, err := os.ReadFile(filepath.Join(workflows, name))
	if err != nil {
		return w, err
	}
	return w, yaml.Unmarshal(text, &w)
}

// runStep is the script command `step FILE NAME`: it runs a shell step of a
// workflow as GitHub does. A value such as ${{ github.base_ref }} comes from the
// script's variable of that name, and outputs of the step go there.
func runStep(ts *testscript.TestScript, neg bool, args []string) {
	w, err := readWorkflow(args[0])
	ts.Check(err)
	step := stepNamed(w, args[1])
	if step.Run == "" {
		ts.Fatalf("%s has no shell step %q", args[0], args[1])
	}
	output := ts.MkAbs("output.txt")
	ts.Check(os.WriteFile(output, nil, 0o644))
	ts.Setenv("GITHUB_OUTPUT", output)
	for name, value := range step.Env {
		ts.Setenv(name, expression.ReplaceAllStringFunc(value, func(e string) string {
			return ts.Getenv(expression.FindStringSubmatch(e)[1])
		}))
	}
	script := ts.MkAbs("step.sh")
	ts.Check(os.WriteFile(script, []byte(step.Run), 0o644))
	err = ts.Exec("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
	ts.Check(os.Remove(script))
	if (err != nil) != neg {
		ts.Fatalf("step %q: %v", step.Name, err)
	}
	for line := range strings.Lines(ts.ReadFile(output)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		ts.Setenv("steps."+step.ID+".outputs."+name, value)
	}
	ts.Check(os.Remove(output))
}

var expression = regexp.MustCompile(`\$\{\{ *([\w.]+) *\}\}`)

func stepNamed(w workflow, name string) workflowStep {
	for _, job := range w.Jobs {
		for _, s := range job.Steps {
			if s.Name == name {
				return s
			}
		}
	}
	return workflowStep{}
}

func TestWorkflows(t *testing.T) {
	entries, err := os.ReadDir(workflows)
	require.NoError(t, err)
	for _, e := range entries {
		t.Run(e.Name(), func(t *testing.T) {
			w, err := readWorkflow(e.Name())
			require.NoError(t, err)
			require.NotNil(t, w.Permissions, "without it a token may do what the repository's settings say")
			require.NotEmpty(t, w.Jobs)
			for _, job := range w.Jobs {
				for _, s := range job.Steps {
					if s.Uses != "" {
						assert.Regexp(t, `^actions/[a-z-]+@[0-9a-f]{40}$`, s.Uses,
							"a tag can be moved to other code, a commit can't")
					}
					assert.NotContains(t, s.Run, "${{",
						"a text of a stranger would become a command; hand it over in env")
					assert.NotContains(t, s.Run+strings.Join(values(s.Env), " "), "secrets.")
				}
			}
		})
	}
}

func values(m map[string]string) []string {
	var all []string
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// Only the job that runs no code of the pull request may write.
func TestWorkflows_permissions(t *testing.T) {
	check, err := readWorkflow("chapter.yml")
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"contents": "read"}, check.Permissions)
	comment, err := readWorkflow("comment.yml")
	require.NoError(t, err)
	assert.Empty(t, comment.Permissions)
	assert.Equal(t, map[string]string{"actions": "read", "pull-requests": "write"}, comment.Jobs["comment"].Permissions)
	for _, s := range comment.Jobs["comment"].Steps {
		assert.NotContains(t, s.Uses, "checkout")
		assert.NotRegexp(t, `\b(go|workbook|bash|sh|source) `, s.Run)
	}
}

// GitHub offers one template, of this name; of a folder of templates it offers none.
func TestTemplate_isTheOneThatGitHubOffers(t *testing.T) {
	folder := filepath.Join(Repository, ".github")
	assert.FileExists(t, filepath.Join(folder, "pull_request_template.md"))
	assert.NoDirExists(t, filepath.Join(folder, "PULL_REQUEST_TEMPLATE"))
}

// In a learner's copy the project's own checks do nothing.
func TestWorkflows_ciIsForAuthors(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(workflows, "ci.yml"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "    if: ${{ vars.WORKBOOK_AUTHORS == 'yes' }}\n")
	contributing, err := os.ReadFile(filepath.Join(Repository, "CONTRIBUTING.md"))
	require.NoError(t, err)
	assert.Contains(t, string(contributing), "WORKBOOK_AUTHORS")
}

// The comment and the tool know the same files for those that check.
func TestWorkflows_commentKnowsWhatGuards(t *testing.T) {
	w, err := readWorkflow("comment.yml")
	require.NoError(t, err)
	m := regexp.MustCompile(`guards='(.+)'`).FindStringSubmatch(stepNamed(w, "Find the pull request").Run)
	require.NotNil(t, m)
	guards := regexp.MustCompile(m[1])
	for _, name := range []string{"go.mod", "go.sum", "go.work", "01-middleware/go.mod", ".gitattributes",
		"internal/exercise/rows.go", "internal/workbook/main.go", "internal/mark/mark.go", "internal/analyzers/a.go",
		"internal/text/ko.po",
		"internal/coursecheck/main.go", "vendor/modules.txt", "docs/review/01.md", "docs/ko/review/01.md",
		".github/workflows/chapter.yml", ".ci/run", "01-middleware/fast_amd64.s", "01-middleware/x.syso"} {
		assert.True(t, course.Guards(name), name)
		assert.Regexp(t, guards, name)
	}
	assert.Regexp(t, guards, ".workbook/01-middleware/state.json")
	for _, name := range []string{"README.md", "internal/problem/problem.go", "01-middleware/chain.go",
		"docs/security.md", "final/main.go", "cargo.mod", "01-middleware/.github/x"} {
		assert.False(t, course.Guards(name), name)
		assert.NotRegexp(t, guards, name)
	}
}

func TestDevContainer_hasTheGoOfTheModule(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(Repository, ".devcontainer", "devcontainer.json"))
	require.NoError(t, err)
	var container struct{ Image string }
	require.NoError(t, json.Unmarshal(text, &container))
	mod, err := os.ReadFile(filepath.Join(Repository, "go.mod"))
	require.NoError(t, err)
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(mod))[1]
	assert.Equal(t, "golang:"+version+"-bookworm", container.Image)
}
