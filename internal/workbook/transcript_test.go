package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// transcriptVariable set to check makes TestFlow run and compare its page with
// docs/transcript.md; set to write makes it write the page.
const transcriptVariable = "WORKBOOK_TRANSCRIPT"

// transcript is the file with the flow's page.
var transcript = filepath.Join(Repository, "docs", "transcript.md")

// shortToken stands for an access token.
const shortToken = "eyJ…"

var tokenPattern = regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.[\w-]+`)

// varies is what differs from run to run: commits and what is named by them,
// addresses, keys, ids, times, and the toolchain.
var varies = regexp.MustCompile(`\b[0-9a-f]{40}\b|\b[0-9a-f]{12}-[0-9a-f]{8}\b|v0\.0\.0-\d{14}-[0-9a-f]{12}|` +
	`\b198\.18\.\d+\.\d+|SHA256:[\w+/]{43}|X-Request-Id: \w+|Date: .*GMT|after [0-9.]+m?s\b|\bgo1\.[0-9.]+\d|linux/\w+`)

// ownQuestions are the questions about a learner's code in a review. How many are found in
// their ten seconds is a matter of the machine.
var ownQuestions = regexp.MustCompile("(?s)\n+## Questions to ask\n.*?(\n````\n)")

// page is docs/transcript.md.
func (f *flow) page() string {
	return `# Two chapters, from start to ship

This page was written by a test, TestFlow in internal/workbook. It plays Ann and Ben,
each with a clone of this repository, and a bare repository between them. Nothing is made up
but the two people: the commands ran, and this is what they wrote. To write it
anew: ` + "`" + transcriptVariable + "=write go test -run TestFlow ./internal/workbook`" +
		`. The last part needs root on Debian and
` + "`" + instanceVariable + `=1` + "`" + `; without them it stays as it is.

GitHub is not part of it. What gh would do there, the page says in words.
` + strings.TrimSuffix(f.text.String(), "\n") + "\n"
}

// shipPart is the part of a page that needs a booted machine.
func shipPart(page string) string {
	if at := strings.Index(page, "\n## Ship\n"); at >= 0 {
		return page[at:]
	}
	return ""
}

// keep writes the page, or compares it with the one that is there.
func (f *flow) keep(t *testing.T) {
	if os.Getenv(transcriptVariable) == "write" {
		require.NoError(t, os.WriteFile(transcript, []byte(f.page()), 0o644))
		return
	}
	assert.Empty(t, difference(f.old, f.page()), "docs/transcript.md says how to write it anew")
}

// difference is the first line in which two pages differ, but for what varies;
// "" means none does.
func difference(old, now string) string {
	linesOf := func(page string) []string {
		return strings.Split(varies.ReplaceAllString(ownQuestions.ReplaceAllString(page, "$1"), "#"), "\n")
	}
	before, after := linesOf(old), linesOf(now)
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			return fmt.Sprintf("docs/transcript.md:%d\n  has    %s\n  wants  %s", i+1, before[i], after[i])
		}
	}
	if len(before) != len(after) {
		return fmt.Sprintf("docs/transcript.md has %d lines and wants %d", len(before), len(after))
	}
	return ""
}

func TestDifference(t *testing.T) {
	const page = "ann$ git rev-parse HEAD\n2cf1c32d9af5f2c9fc610702da970708075d588e\nserves on 198.18.7.2, after 8.7s\nDate: Thu, 26 Nov 2026 11:25:35 GMT\n8 of 10 exercises green" +
		"\n\n\n## Questions to ask\n\nWhich row?\n````\n"
	tests := []struct {
		name, old, new string // in the page
		want           string
	}{
		{"nothing", "", "", ""},
		{"another commit", "2cf1c32d", "0123abcd", ""},
		{"another address and time", "198.18.7.2, after 8.7s", "198.18.99.2, after 12s", ""},
		{"another day", "Thu, 26", "Fri, 27", ""},
		{"another question about own code", "Which row?", "Which impostor?", ""},
		{"no question was found in time", "\n\n\n## Questions to ask\n\nWhich row?", "", ""},
		{"another count", "8 of 10", "9 of 10",
			"docs/transcript.md:5\n  has    8 of 10 exercises green\n  wants  9 of 10 exercises green"},
		{"a line more", "````\n", "````\n\nand more", "docs/transcript.md has 7 lines and wants 8"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, difference(page, strings.Replace(page, tt.old, tt.new, 1)))
		})
	}
}
