package jwtbasics_test

import (
	"errors"
	"fmt"
	"strings"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
)

// A key for the examples. A real one comes from crypto/rand.
func exampleKey() *jwtbasics.HS256 {
	key, err := jwtbasics.NewHS256([]byte("a secret of 32 bytes or more ..."))
	if err != nil {
		panic(err)
	}
	return key
}

// An error that wraps another says more, and is still the other one.
func Example_wrappedError() {
	err := fmt.Errorf("%w: longer than 4096 bytes", jwtbasics.ErrMalformed)
	fmt.Println(err)
	fmt.Println(err == jwtbasics.ErrMalformed)
	fmt.Println(errors.Is(err, jwtbasics.ErrMalformed))
	// Output:
	// jwtbasics: malformed token: longer than 4096 bytes
	// false
	// true
}

func ExampleSignCompact() {
	token, err := jwtbasics.SignCompact(exampleKey(), []byte(`{"alg":"HS256"}`), []byte(`{"sub":"jin"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for segment := range strings.SplitSeq(token, ".") {
		fmt.Println(segment)
	}
	// Output:
	// eyJhbGciOiJIUzI1NiJ9
	// eyJzdWIiOiJqaW4ifQ
	// A7rjgE7v5TBLafI8q6D1tOYkb9MsNHIPWuZQEm69YhI
}

// Anybody can write a token. The signature decides whether it is accepted.
func ExampleVerifyCompact() {
	header := jwtbasics.EncodeSegment([]byte(`{"alg":"HS256"}`))
	payload := jwtbasics.EncodeSegment([]byte(`{"sub":"admin"}`))
	signature := jwtbasics.EncodeSegment([]byte("not a MAC, but 32 bytes as well."))

	_, err := jwtbasics.VerifyCompact(exampleKey(), header+"."+payload+"."+signature)
	fmt.Println("signature refused:", errors.Is(err, jwtbasics.ErrSignature))

	unsecured := jwtbasics.EncodeSegment([]byte(`{"alg":"none"}`))
	_, err = jwtbasics.VerifyCompact(exampleKey(), unsecured+"."+payload+"."+signature)
	fmt.Println("header refused:", errors.Is(err, jwtbasics.ErrHeader))
	// Output:
	// signature refused: true
	// header refused: true
}

// By hand or with the library: one interface, one set of tokens.
func ExampleCodec() {
	policy := jwtbasics.Policy{Issuer: "https://auth.example", Audience: "shop", TTL: 15 * time.Minute}
	byHand, err := jwtbasics.NewByHand(exampleKey(), policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	library, err := jwtbasics.NewLibrary(exampleKey(), policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	now := time.Now()
	claims := jwtbasics.Claims{
		Issuer: "https://auth.example", Audience: "shop", Subject: "jin", SessionID: "s1", TokenID: "t1",
		IssuedAt: now, ExpiresAt: now.Add(time.Minute),
	}
	for _, signer := range []jwtbasics.Codec{byHand, library} {
		for _, verifier := range []jwtbasics.Codec{byHand, library} {
			token, err := signer.Sign(claims)
			if err != nil {
				fmt.Println(err)
				return
			}
			got, err := verifier.Verify(token)
			fmt.Println(got.Subject, err)
		}
	}
	// Output:
	// jin <nil>
	// jin <nil>
	// jin <nil>
	// jin <nil>
}

// The server's half: a key ring, a signer, a verifier.
func ExampleVerifier() {
	ring, err := jwtbasics.NewKeyRing([]byte("the new secret, 32 bytes or more"),
		[]byte("the old secret, 32 bytes or more"))
	if err != nil {
		fmt.Println(err)
		return
	}
	policy := jwtbasics.Policy{Issuer: "https://auth.example", Audience: "authbook", TTL: 15 * time.Minute}
	verifier, err := jwtbasics.NewVerifier(ring, policy)
	if err != nil {
		fmt.Println(err)
		return
	}
	issued := time.Now().Add(-time.Hour)
	token, err := jwtbasics.NewSigner(ring).Sign(jwtbasics.Claims{
		Issuer: "https://auth.example", Audience: "authbook", Subject: "jin", SessionID: "s1", TokenID: "t1",
		IssuedAt: issued, ExpiresAt: issued.Add(policy.TTL),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = verifier.Verify(token)
	fmt.Println(errors.Is(err, jwtbasics.ErrExpired), err)

	claims, err := verifier.VerifyIgnoringExpiry(token)
	fmt.Println(claims.SessionID, err)
	// Output:
	// true jwtbasics: token expired
	// s1 <nil>
}
