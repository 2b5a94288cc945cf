// Forge writes a JSON Web Token that says what you like:
//
//	go run ./02-jwt-basics/forge HEADER PAYLOAD
//	go run ./02-jwt-basics/forge -secret TEXT HEADER PAYLOAD
//	go run ./02-jwt-basics/forge -key FILE HEADER PAYLOAD
//
// Header and payload are JSON, and go into the token as they are. With a secret,
// or the bytes of a file as one, it signs with the header's HS256, HS384 or HS512.
// Without one the signature is a word that nobody believes.
//
// It is the other side of inspect, for `go tool workbook attack`: who can't sign
// writes tokens all the same, and a verifier must see that.
package main

import (
	"crypto"
	"crypto/hmac"
	_ "crypto/sha256" // for crypto.SHA256
	_ "crypto/sha512" // and the other two
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	forged, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "forge:", err)
		os.Exit(1)
	}
	fmt.Println(forged)
}

// run returns the token that the arguments describe.
func run(args []string) (string, error) {
	var secret []byte
	signs := false
	flags := flag.NewFlagSet("forge", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says it
	flags.Func("secret", "sign with this text", func(text string) error {
		secret, signs = []byte(text), true
		return nil
	})
	flags.Func("key", "sign with the bytes of this file", func(name string) (err error) {
		signs = true
		secret, err = os.ReadFile(name)
		return err
	})
	if err := flags.Parse(args); err != nil && !errors.Is(err, flag.ErrHelp) {
		return "", err
	}
	if flags.NArg() != 2 {
		return "", errors.New("usage: forge [-secret TEXT | -key FILE] HEADER PAYLOAD\n  a header is such as {\"alg\":\"none\"}")
	}
	header, payload := flags.Arg(0), flags.Arg(1)
	input := encode([]byte(header)) + "." + encode([]byte(payload))
	if !signs {
		return input + "." + encode([]byte("unsigned")), nil
	}
	mac, err := sign(header, secret, input)
	if err != nil {
		return "", err
	}
	return input + "." + encode(mac), nil
}

// sign returns the MAC that the header asks for.
func sign(header string, secret []byte, input string) ([]byte, error) {
	var said struct{ Alg string }
	if err := json.Unmarshal([]byte(header), &said); err != nil {
		return nil, fmt.Errorf("the header is not JSON: %w", err)
	}
	hashes := map[string]crypto.Hash{"HS256": crypto.SHA256, "HS384": crypto.SHA384, "HS512": crypto.SHA512}
	hash, ok := hashes[said.Alg]
	if !ok {
		return nil, fmt.Errorf("alg is %q; a secret signs with HS256, HS384 or HS512", said.Alg)
	}
	mac := hmac.New(hash.New, secret)
	mac.Write([]byte(input))
	return mac.Sum(nil), nil
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }
