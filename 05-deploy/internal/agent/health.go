package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// sayHealth tells how the server in a slot does. What can't be found out is
// unknown: a machine in trouble must not keep the rest of a status back.
func (l looker) sayHealth(ctx context.Context, slot deploy.Slot) {
	state := show(ctx, unit(slot), "InvocationID", "ActiveState", "ActiveEnterTimestamp", "NRestarts")
	metrics, _ := l.scrape(ctx)
	now := time.Now()
	l.say("ready     %s", l.ready(ctx, slot, state["InvocationID"]))
	l.say("uptime    %s, restarted %s by itself", uptime(state, now), times(state["NRestarts"]))
	end := lastEnding(ctx, "UNIT="+unit(deploy.SlotA), "UNIT="+unit(deploy.SlotB))
	end.Lines = saidIn(ctx, end.invocation)
	l.say("last exit %s", l.exitText(end, slot, time.Now()))
	l.say("memory    %s", memoryText(metrics))
	l.say("disk      %s", l.disk(ctx))
	l.say("https     %s", certificateText(metrics, now))
	if l.onPostgreSQL() {
		l.say("backup    not here: the database is PostgreSQL")
	} else {
		l.say("backup    %s", backupText(metrics, now))
	}
}

const unknown = "unknown"

// uptime is how long a unit runs; systemd writes times such as @1764381600.
func uptime(state map[string]string, now time.Time) string {
	if s := state["ActiveState"]; s != "" && s != "active" {
		return "none, it is " + s
	}
	seconds, err := strconv.ParseInt(strings.TrimPrefix(state["ActiveEnterTimestamp"], "@"), 10, 64)
	if err != nil || seconds == 0 {
		return unknown
	}
	return deploy.HowLong(now.Sub(time.Unix(seconds, 0)))
}

// times is how often something happened, given the number.
func times(number string) string {
	if number == "1" {
		return "once"
	}
	return cmp.Or(number, unknown) + " times"
}

// exitText tells of the last ending, unless the release that serves came, or came
// back, after it: what ended before that is no trouble of now.
func (l looker) exitText(e ending, serving deploy.Slot, now time.Time) string {
	release := l.layout.In(serving)
	served := l.servedSince(release)
	if e.when.IsZero() || e.when.Before(served) {
		return "none since " + release + " serves, as far as the journal knows"
	}
	of := "of " + release + ", which serves"
	if e.unit != unit(serving) {
		of = "of a release that does not serve"
	}
	return fmt.Sprintf("%s; %s ago, at %s, %s", e.Why(), deploy.HowLong(now.Sub(e.when)),
		e.when.UTC().Format(time.DateTime), of)
}

// servedSince is when a release last came to serve; zero: nothing is known of it.
func (l looker) servedSince(version string) (served time.Time) {
	releases, _ := l.layout.Releases()
	for _, r := range releases {
		if r.Version == version {
			served = r.Served
		}
	}
	return served
}

// memoryText is the server's own memory. What systemd counts for the unit has the
// system's copies of files in it, which are no trouble.
func memoryText(metrics string) string {
	bytes, ok := gauge(metrics, "process_resident_memory_bytes")
	if !ok {
		return unknown
	}
	return fmt.Sprintf("%d MiB", int64(bytes)>>20)
}

// disk is how full the data volume is.
func (l looker) disk(ctx context.Context) string {
	size, free, used := l.volume(ctx)
	if used == "" {
		return unknown
	}
	return fmt.Sprintf("%s used of %s KiB, %s KiB free", used, size, free)
}

// volume is what df says of the data volume, in KiB and percent; "" where it says
// nothing.
func (m *machine) volume(ctx context.Context) (size, free, used string) {
	text, _ := command(ctx, "df", "-Pk", m.path("var/lib/authbook"))
	fields := strings.Fields(LastLine(text))
	if len(fields) < 6 {
		return "", "", ""
	}
	return fields[1], fields[3], fields[4]
}

func certificateText(metrics string, now time.Time) string {
	ends, ok := gauge(metrics, "authbook_certificate_expiry_timestamp_seconds")
	if !ok || ends == 0 {
		return "no certificate is known"
	}
	end := time.Unix(int64(ends), 0).UTC()
	if end.Before(now) {
		return "THE CERTIFICATE HAS EXPIRED, at " + end.Format(time.DateTime)
	}
	return fmt.Sprintf("the certificate ends at %s, in %d days", end.Format(time.DateTime), int(end.Sub(now).Hours())/24)
}

func backupText(metrics string, now time.Time) string {
	made, ok := gauge(metrics, "authbook_last_backup_timestamp_seconds")
	switch {
	case !ok:
		return unknown
	case made == 0:
		return "there is none"
	}
	text := ago(made, now)
	if sent, ok := gauge(metrics, "authbook_last_offsite_backup_timestamp_seconds"); ok && sent > 0 {
		text += "; elsewhere " + ago(sent, now)
	} else if ok {
		text += "; NONE IS ELSEWHERE"
	}
	return text
}

// ago is how long ago a time of Unix was.
func ago(then float64, now time.Time) string {
	return deploy.HowLong(now.Sub(time.Unix(int64(then), 0))) + " ago"
}

// requestID is what the server calls a request, for its log.
const requestID = "X-Request-Id"

// yes is what [looker.ready] says of a server that takes traffic.
const yes = "yes"

// ready says whether the server takes traffic, and why not. Clients don't read the
// reason; the log has it.
func (l looker) ready(ctx context.Context, slot deploy.Slot, invocation string) string {
	address := l.address(slot)
	if l.domainOf(slot) == "" { // HTTPS, if any, ends at a balancer
		address = strings.Replace(address, "https://", "http://", 1)
	}
	res, err := ask(ctx, here(), address+"/readyz")
	if err != nil {
		return "no answer: " + err.Error()
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusOK {
		return yes
	}
	text, _ := journal(ctx, "cat", 1, "_SYSTEMD_INVOCATION_ID="+invocation,
		"--grep=request failed.*"+url.QueryEscape(res.Header.Get(requestID)))
	var line struct{ Error string }
	_ = json.Unmarshal([]byte(text), &line) // no line is no reason
	return "NO: " + cmp.Or(line.Error, res.Status)
}

// awaitReady returns once the server takes traffic, for which it has as long as for
// its soak.
func (l looker) awaitReady(ctx context.Context) error {
	slot := l.layout.Current()
	for started := time.Now(); ; {
		state := l.ready(ctx, slot, show(ctx, unit(slot), "InvocationID")["InvocationID"])
		if state == yes {
			l.say("it takes traffic")
			return nil
		}
		if time.Since(started) > l.soak {
			return fmt.Errorf("it serves, and takes no traffic: %s", state)
		}
		select {
		case <-time.After(watchEvery):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// here connects to this machine, whatever address the world knows it by.
func here() http.RoundTripper {
	return &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		_, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort("127.0.0.1", port))
	}}
}
