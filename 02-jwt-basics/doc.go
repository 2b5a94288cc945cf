// Package jwtbasics signs and verifies JSON Web Tokens: by hand, to see every
// step, and with golang-jwt, to see what a library does and leaves undone.
//
// A token in the JWS compact serialization (RFC 7515 section 7.1) is three
// base64url segments:
//
//	header.payload.signature
//
// Anybody can read it and anybody can write one. The signature over the first
// two segments is all that makes it worth believing, so the order of work is
// always the same: split, check the header, check the signature, and only then
// read the claims.
//
// The steps, from the bottom up:
//
//   - [DecodeSegment] and [Split] take a token apart, without leniency.
//   - [HS256], [RS256], [ES256] and [EdDSA] are keys, each bound to the one
//     algorithm it is for (RFC 8725 section 3.1).
//   - [SignCompact] and [VerifyCompact] sign and verify any bytes.
//   - [ByHand] and [Library] are two [Codec] implementations that sign and
//     verify [Claims]. One suite of tests runs against both.
//   - [KeyRing], [Signer] and [Verifier] are what the server uses: a strict
//     gate in front of golang-jwt, and keys that can be rotated.
package jwtbasics
