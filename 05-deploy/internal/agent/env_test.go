package agent

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// oddValues are what a shell, systemd or a careless writer could take for something
// else. On a booted machine systemd reads them; see 05-deploy/standin.
var oddValues = []string{
	`a'b`, `a"b`, `a\b`, `a\\b`, `a\"b`, `$HOME`, `${HOME}`, `#hash`, `;semi`, `100%`, `%i`, "back`tick`", `a b`,
	`'in single'`, `"in double"`, `\`, `a\nb`, `=`, `a=b`, `postgres://u:p%40'"\$#%@db/x?a=b c`, `키`, `!~*`,
}

func TestEnvText_bringsBackWhatWasSet(t *testing.T) {
	for _, value := range oddValues {
		text, err := envText("# mine\nOTHER=1").with("NAME", value)
		require.NoError(t, err)
		assert.Equal(t, map[string]string{"OTHER": "1", "NAME": value}, text.settings())
		text, err = text.with("NAME", "again")
		require.NoError(t, err)
		assert.Equal(t, "# mine\nOTHER=1\nNAME=\"again\"\n", string(text))
		text, err = text.without("NAME")
		require.NoError(t, err)
		assert.Equal(t, "# mine\nOTHER=1\n", string(text))
	}
}

// What an operator wrote by hand is read as systemd does.
func TestEnvText_readsWhatPeopleWrite(t *testing.T) {
	rows := []struct{ line, want string }{
		{`NAME=plain`, `plain`},
		{`  NAME= blanks around  `, `blanks around`},
		{`NAME='single $HOME "x" \'`, `single $HOME "x" \`},
		{`NAME="double \"x\" \$HOME \n"`, `double "x" $HOME \n`},
		{`NAME=a"b'c`, `a"b'c`},
		{`NAME=`, ``},
		{`#NAME=x`, ``},
		{`; NAME=x`, ``},
		{`export NAME=x`, ``},
	}
	for _, row := range rows {
		assert.Equal(t, row.want, envText(row.line + "\n").settings()["NAME"], row.line)
	}
}

// What is read in another way than systemd does must not be written again.
func TestEnvText_changesNoFileThatItCanNotRead(t *testing.T) {
	for _, line := range []string{`A=one\`, `A="one`, `A='o'n`, `export A=1`, `# a remark \`, `A=o\ne`, `A="x" "y"`} {
		_, err := envText("B=1\n"+line+"\nNAME=x\n").with("NAME", "y")
		require.EqualError(t, err, "line 2 is not NAME=value on one line; repair it there", line)
	}
}

func TestCheckSetting(t *testing.T) {
	for _, value := range oddValues {
		require.NoError(t, CheckSetting("DATABASE_URL", value))
	}
	rows := []struct{ name, value, want string }{
		{"rate_limit", "10", `"rate_limit" is no variable's name`},
		{"A B", "10", `"A B" is no variable's name`},
		{"RATE_LIMIT", "", "the value is empty; to remove a setting use unset"},
		{"RATE_LIMIT", "10\nSWAGGER=off", "has a line break or another control character"},
		{"RATE_LIMIT", "1\x1b[0m", "has a line break or another control character"},
		{"RATE_LIMIT", "\xff", "is not UTF-8"},
	}
	for _, row := range rows {
		require.ErrorContains(t, CheckSetting(row.name, row.value), row.want)
	}
}
