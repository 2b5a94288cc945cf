package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// drill makes alarms go off on a server, and ends what they warn of.
type drill struct {
	name   string
	alarms []string
	minute time.Duration // what one of the rules is here
	begin  func(*watched)
	again  func(*watched) // over and over until all of them have gone off; may be nil
	end    func(*watched) // nil: it ends by itself
}

// Each alarm of docs/operations goes off on a server in trouble, by a Prometheus
// that asks it, and ends with the trouble. A minute of the rules is short here.
// promtool, in contrast, knows only what somebody made the series say.
func TestAlarms_goOffAndEnd(t *testing.T) {
	testkit.SkipUnlessLong(t)
	program, err := exec.LookPath("prometheus")
	if err != nil {
		t.Skip("prometheus is missing; install it with: apt-get install prometheus")
	}
	left := alarmsOf(t)
	for _, d := range drills {
		for _, name := range d.alarms {
			require.Contains(t, left, name)
			left = slices.DeleteFunc(left, func(other string) bool { return other == name })
		}
		t.Run(d.name, func(t *testing.T) {
			t.Parallel()
			w := &watched{t: t, env: map[string]string{"DATABASE_URL": testdb.SQLite(t), "ADMIN_ADDR": freeAddress(t)}}
			d.begin(w)
			w.watch(program, d.minute)
			w.until("must go off", func(firing []string) bool {
				if d.again != nil {
					d.again(w)
				}
				return !slices.ContainsFunc(d.alarms, func(name string) bool { return !slices.Contains(firing, name) })
			})
			if d.end != nil {
				d.end(w)
			}
			w.until("must end", func(firing []string) bool {
				return !slices.ContainsFunc(d.alarms, func(name string) bool { return slices.Contains(firing, name) })
			})
		})
	}
	assert.Empty(t, left, "an alarm without a drill")
}

const rulesFile = "../docs/operations/alerts.yml"

func alarmsOf(t *testing.T) (names []string) {
	text, err := os.ReadFile(rulesFile)
	require.NoError(t, err)
	for _, m := range regexp.MustCompile(`- alert: (\w+)`).FindAllStringSubmatch(string(text), -1) {
		names = append(names, m[1])
	}
	require.NotEmpty(t, names)
	return names
}

// watched is a server that a Prometheus watches.
type watched struct {
	t          *testing.T
	env        map[string]string
	server     *serverProcess
	prometheus string // its URL
	unlock     func() // the database
	unread     io.Reader
}

// restart starts the server, after the end of one that runs.
func (w *watched) restart() {
	if w.server != nil {
		w.server.kill()
	}
	w.server = startProcess(w.t, w.env)
}

// watch starts a Prometheus with the rules.
func (w *watched) watch(program string, minute time.Duration) {
	w.t.Helper()
	text, err := os.ReadFile(rulesFile)
	require.NoError(w.t, err)
	dir, address := w.t.TempDir(), freeAddress(w.t)
	require.NoError(w.t, os.WriteFile(filepath.Join(dir, "alerts.yml"), faster(text, minute), 0o600))
	config := fmt.Sprintf("global: {scrape_interval: 500ms, scrape_timeout: 450ms, evaluation_interval: 250ms}\n"+
		"rule_files: [alerts.yml]\nscrape_configs: [{job_name: authbook, static_configs: [{targets: [%q]}]}]\n",
		w.env["ADMIN_ADDR"])
	require.NoError(w.t, os.WriteFile(filepath.Join(dir, "prometheus.yml"), []byte(config), 0o600))
	log := &testkit.Log{}
	command := exec.Command(program, "--config.file="+filepath.Join(dir, "prometheus.yml"), "--log.level=error",
		"--storage.tsdb.path="+filepath.Join(dir, "data"), "--web.listen-address="+address)
	command.Stdout, command.Stderr = log, log
	require.NoError(w.t, command.Start())
	w.t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		if w.t.Failed() {
			w.t.Log(log)
		}
	})
	w.prometheus = "http://" + address
	eventually(w.t, "prometheus must have asked the server once", func() bool { return w.query("up") != "" })
}

// faster lets a minute of the rules be shorter, and an hour four of those.
func faster(rules []byte, minute time.Duration) []byte {
	return regexp.MustCompile(`(\[|for: )(\d+)([mh])`).ReplaceAllFunc(rules, func(match []byte) []byte {
		part := regexp.MustCompile(`(\D+)(\d+)(\w)`).FindSubmatch(match)
		n, _ := strconv.Atoi(string(part[2])) // digits
		if string(part[3]) == "h" {
			n *= 4
		}
		return fmt.Appendf(nil, "%s%dms", part[1], n*int(minute.Milliseconds()))
	})
}

// until returns when Prometheus says of the alarms that fire what it must.
func (w *watched) until(what string, ok func(firing []string) bool) {
	w.t.Helper()
	for end := time.Now().Add(3 * time.Minute); ; { // for what hangs
		firing := w.firing()
		if ok(firing) {
			w.t.Logf("%s: %v fire", what, firing)
			return
		}
		require.True(w.t, time.Now().Before(end), "%s, and it did not happen; %v fire", what, firing)
		<-time.After(100 * time.Millisecond)
	}
}

// firing are the alarms that have gone off.
func (w *watched) firing() (names []string) {
	var got struct {
		Data struct {
			Alerts []struct {
				Labels struct{ Alertname string }
				State  string
			}
		}
	}
	w.ask("/api/v1/alerts", &got)
	for _, alert := range got.Data.Alerts {
		if alert.State == "firing" {
			names = append(names, alert.Labels.Alertname)
		}
	}
	return names
}

// query returns the first value of an expression, "" for none.
func (w *watched) query(expression string) string {
	var got struct {
		Data struct{ Result []struct{ Value [2]any } }
	}
	w.ask("/api/v1/query?query="+url.QueryEscape(expression), &got)
	if len(got.Data.Result) == 0 {
		return ""
	}
	return fmt.Sprint(got.Data.Result[0].Value[1])
}

// ask leaves the answer empty while Prometheus starts.
func (w *watched) ask(path string, answer any) {
	res, err := http.Get(w.prometheus + path)
	if err != nil {
		return
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err == nil {
		_ = json.Unmarshal(text, answer) // "not ready yet" is plain text
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	return fmt.Sprintf("127.0.0.1:%d", testkit.FreePorts(t, 1)[0])
}
