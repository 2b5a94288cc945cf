package docs

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What operations.md promises is held by tests that are there.
func TestOperations_namesTestsThatExist(t *testing.T) {
	text, err := os.ReadFile("operations.md")
	require.NoError(t, err)
	named := regexp.MustCompile("`(final[a-z/]*) (Test\\w+)`").FindAllStringSubmatch(string(text), -1)
	require.NotEmpty(t, named)
	for _, test := range named {
		assert.NoError(t, exists(testSources(t, test[1]), test[1], test[2]))
	}
}

// Who is woken by an alarm finds its page, and each page leads on to one that is
// there.
func TestRunbook_leadsToPagesThatExist(t *testing.T) {
	runbook, err := os.ReadFile("operations/runbook.md")
	require.NoError(t, err)
	alarms, err := os.ReadFile("operations/alerts.yml")
	require.NoError(t, err)
	var pages []string
	for _, heading := range regexp.MustCompile(`(?m)^## (.+)$`).FindAllStringSubmatch(string(runbook), -1) {
		kept := regexp.MustCompile(`[^a-z -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		pages = append(pages, strings.ReplaceAll(kept, " ", "-"))
	}
	links := regexp.MustCompile(`(?:runbook\.md|\]\()#([a-z-]+)`).FindAllStringSubmatch(string(runbook)+string(alarms), -1)
	assert.Greater(t, len(links), strings.Count(string(alarms), "- alert:"))
	for _, link := range links {
		assert.Contains(t, pages, link[1])
	}
}
