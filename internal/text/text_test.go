package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParse(t *testing.T) {
	po := `msgid ""
msgstr "Language: ko\n"

#: internal/workbook/list.go:10
msgid "one line"
msgstr "한 줄"

msgid ""
"two "
"lines"
msgstr ""
"두 "
"줄"

msgid "not yet"
msgstr ""
`
	assert.Equal(t, map[string]string{"one line": "한 줄", "two lines": "두 줄"}, Parse(po))
}

func TestFromEnv(t *testing.T) {
	for _, row := range []struct {
		name string
		env  map[string]string
		want Language
	}{
		{"nothing is set", nil, "en"},
		{"the locale decides", map[string]string{"LANG": "ko_KR.UTF-8"}, "ko"},
		{"LC_ALL is stronger than LANG", map[string]string{"LC_ALL": "C", "LANG": "ko_KR.UTF-8"}, "en"},
		{"WORKBOOK_LANG is stronger than the locale", map[string]string{"WORKBOOK_LANG": "ko", "LC_ALL": "C"}, "ko"},
		{"an empty variable is not set", map[string]string{"WORKBOOK_LANG": "", "LANG": "ko"}, "ko"},
		{"another language falls back to English", map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{"an encoding may follow the language", map[string]string{"LANG": "ko.UTF-8"}, "ko"},
		{"kok is not ko", map[string]string{"LANG": "kok_IN"}, "en"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, FromEnv(func(name string) string { return row.env[name] }))
		})
	}
}
