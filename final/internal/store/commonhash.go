package store

import (
	"context"
	"strings"
)

// sampleHashes takes some users by their id, which is random. It is read along
// the key, so that it costs the same in a large database.
const sampleHashes = `SELECT password_hash FROM users ORDER BY id LIMIT 1000`

// CommonHash returns one of the password hashes whose cost is the commonest, ""
// where there are no users.
func (s *Users) CommonHash(ctx context.Context) (common string, err error) {
	defer wrap(&err, "sample the password hashes")
	hashes, err := many(ctx, s.db.read, scanText, sampleHashes)
	if err != nil {
		return "", err
	}
	counts := map[string]int{}
	for _, hash := range hashes {
		counts[costOf(hash)]++
		if counts[costOf(hash)] > counts[costOf(common)] {
			common = hash
		}
	}
	return common, nil
}

// costOf is what stands before the salt of a PHC string.
func costOf(hash string) string {
	parts := strings.Split(hash, "$")
	return strings.Join(parts[:max(0, len(parts)-2)], "$")
}
