package jwtbasics

// ByHand is the [Codec] made of this chapter's own steps.
type ByHand struct {
	key    Key
	want   Policy
	header []byte
}

// NewByHand returns a codec, or ErrClaims for a policy with a gap.
func NewByHand(key Key, want Policy) (*ByHand, error) {
	if err := want.checkUsable(); err != nil {
		return nil, err
	}
	header := []byte(`{"alg":"` + key.Alg() + `","typ":"JWT"}`)
	return &ByHand{key: key, want: want, header: header}, nil
}

// Sign writes the claims as JSON and signs them.
func (b *ByHand) Sign(c Claims) (string, error) {
	if err := c.checkWritable(); err != nil {
		return "", err
	}
	return SignCompact(b.key, b.header, c.appendJSON(nil))
}

// Verify checks the signature first and the claims afterwards.
func (b *ByHand) Verify(token string) (Claims, error) {
	payload, err := VerifyCompact(b.key, token)
	if err != nil {
		return Claims{}, err
	}
	c, err := parseClaims(payload)
	if err != nil {
		return Claims{}, err
	}
	if err := b.want.check(c); err != nil {
		return Claims{}, err
	}
	if err := checkTimes(c, b.want.clock()); err != nil {
		return Claims{}, err
	}
	return c, nil
}
