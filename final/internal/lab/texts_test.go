package lab

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var placeholder = regexp.MustCompile(`\{\w+\}`)

// holes are the places of a tree of texts, each with what it has filled in.
func holes(at string, node any, found map[string]string) {
	switch node := node.(type) {
	case map[string]any:
		for key, child := range node {
			holes(at+"."+key, child, found)
		}
	case []any:
		for i, child := range node {
			holes(fmt.Sprintf("%s.%d", at, i), child, found)
		}
	case string:
		names := placeholder.FindAllString(node, -1)
		slices.Sort(names)
		found[at] = strings.Join(names, " ")
	}
}

func texts(t *testing.T, file string) (tree map[string]any) {
	t.Helper()
	text, err := assets.ReadFile("assets/" + file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &tree))
	return tree
}

// A reader of Korean misses no sentence, and no figure in one. What a code means is told in
// Korean alone: the API's own sentence is English.
func TestTexts_sayTheSameInBothLanguages(t *testing.T) {
	english, korean := map[string]string{}, map[string]string{}
	holes("", texts(t, "texts.en.json"), english)
	holes("", texts(t, "texts.ko.json"), korean)
	require.Greater(t, len(english), 200)
	maps.DeleteFunc(korean, func(at, _ string) bool { return strings.HasPrefix(at, ".codes.") })
	assert.Equal(t, english, korean)
}

// The page says in words what each code of the API means.
func TestTexts_haveEveryCode(t *testing.T) {
	source, err := os.ReadFile("../../../internal/problem/code.go")
	require.NoError(t, err)
	var codes []string
	for _, m := range regexp.MustCompile(`Code = "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		codes = append(codes, m[1])
	}
	told := texts(t, "texts.ko.json")["codes"].(map[string]any)
	assert.ElementsMatch(t, codes, slices.Collect(maps.Keys(told)))
}
