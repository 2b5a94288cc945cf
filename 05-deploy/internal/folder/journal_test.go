package folder

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestJournal(t *testing.T) {
	rows := []struct {
		name, want string
		args       []string
		part       bool // want is a part of it
	}{
		{"all, the oldest first", "one\ntwo\nexited\nthree\n", []string{"--output", "cat", "--no-pager"}, false},
		{"the last ones", "exited\nthree\n", []string{"--output=cat", "-n", "2"}, false},
		{"of one start", "three\n", []string{"-o", "cat", "_SYSTEMD_INVOCATION_ID=b"}, false},
		{"of one of two starts", "one\ntwo\nthree\n",
			[]string{"-o", "cat", "_SYSTEMD_INVOCATION_ID=b", "_SYSTEMD_INVOCATION_ID=a"}, false},
		{"that match, the newest first", "two\none\n", []string{"-o", "cat", "--grep=^(one|two)$"}, false},
		{"that match, as they come", "one\ntwo\n", []string{"-o", "cat", "--follow", "--grep=^(one|two)$"}, false},
		{"from a number on", "exited\nthree\n", []string{"-o", "cat", "--cursor=2", "-n", "0"}, false},
		{"from now on", "", []string{"-o", "cat", "--since=@9999999999"}, false},
		{"of one name", "exited\n", []string{"-o", "cat", "-t", "systemd"}, false},
		{"as records", `"INVOCATION_ID":"a"`, []string{"-o", "json", "INVOCATION_ID=a"}, true},
		{"for people", " systemd: exited\n", []string{"INVOCATION_ID=a"}, true},
		{"an option that nobody knows", "--boot: a machine in a folder has no such option", []string{"--boot"}, true},
		{"an option without its value", "--lines needs a value", []string{"-n"}, true},
		{"no number", "invalid syntax", []string{"-n", "many"}, true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var j journal
			j.add(record{"SYSLOG_IDENTIFIER": "authbook", "MESSAGE": "one", "_SYSTEMD_INVOCATION_ID": "a"})
			j.add(record{"SYSLOG_IDENTIFIER": "authbook", "MESSAGE": "two", "_SYSTEMD_INVOCATION_ID": "a"})
			j.add(record{"SYSLOG_IDENTIFIER": "systemd", "MESSAGE": "exited", "INVOCATION_ID": "a"})
			j.add(record{"SYSLOG_IDENTIFIER": "authbook", "MESSAGE": "three", "_SYSTEMD_INVOCATION_ID": "b"})
			r := j.answer(row.args)
			if row.part {
				assert.Contains(t, r.Stdout+r.Stderr, row.want)
				return
			}
			assert.Equal(t, row.want, r.Stdout)
			assert.Equal(t, 4, r.Next)
		})
	}
}

// A machine that runs for days must not grow.
func TestJournal_forgetsTheOldest(t *testing.T) {
	var j journal
	for i := range 2*keepRecords + 5 {
		j.add(record{"MESSAGE": strconv.Itoa(i)})
	}
	records, next := j.after(0)
	assert.Less(t, len(records), 2*keepRecords)
	assert.Equal(t, 2*keepRecords+5, next)
	r := j.answer([]string{"--output", "cat", "--cursor=" + strconv.Itoa(next-1)})
	assert.Equal(t, strconv.Itoa(next-1)+"\n", r.Stdout)
}
