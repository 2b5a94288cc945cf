package jwtbasics

import "bytes"

// secret is key material that package fmt can't print. A method such as
// String would not be enough: fmt does not call it on an unexported field, and
// shows the bytes. A function it shows as an address, whatever the verb.
type secret func() []byte

// keep returns a copy of the material as a secret.
func keep(material []byte) secret {
	material = bytes.Clone(material)
	return func() []byte { return material }
}
