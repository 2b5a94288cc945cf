package jwtbasics

import (
	"crypto/ed25519"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSecret_isNeverPrinted(t *testing.T) {
	material := []byte("hunter2-hunter2-hunter2-hunter2-")
	key := must(NewHS256(material))
	ring := must(NewKeyRing(material, secretOf("b")))
	ed := must(NewEdDSA(ed25519.NewKeyFromSeed(material)))
	values := []any{
		keep(material), key, ed, *ed, ByHand{key: key}, &ByHand{key: key}, struct{ K Key }{key},
		ring, *ring, ring.keys[0], NewSigner(ring), must(NewVerifier(ring, testPolicy)), struct{ R *KeyRing }{ring},
	}
	var log strings.Builder
	for _, value := range values {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%X", "%q", "%d", "%b", "%c"} {
			fmt.Fprintf(&log, verb+"\n", value)
		}
		slog.New(slog.NewTextHandler(&log, nil)).Info("text", "value", value)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("json", "value", value)
	}
	for _, hidden := range [][]byte{material, ring.keys[0].access(), ring.keys[0].refresh.secret()} {
		for _, verb := range []string{"%s", "%x", "%X", "%d", "%b"} {
			piece := strings.Trim(fmt.Sprintf(verb, hidden[:8]), "[]")
			assert.False(t, strings.Contains(log.String(), piece), "a key in a log is a key lost; seen with %s", verb)
		}
	}
}
