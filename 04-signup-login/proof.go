package accounts

import "net/http"

// proofBudget is how many failures an hour a proof survives. Who stole it would
// otherwise have no limit but that of the pair.
const proofBudget = 10

// proof is what an attempt shows of the owner beside the password: the cookie of
// a browser that has logged in before, or a live session. The budgets of the
// account and of the address don't stop it: an attacker may have spent them.
type proof struct {
	genuine bool
	// key counts its own failures. One that is not genuine has keys as well,
	// so that both cost the same reads and writes; "" is no proof at all.
	key string
	// pair is what waits are counted under in place of the address, which the
	// owner may share with the attacker; "" is no other than the address.
	pair string
}

// proofOf returns what the request shows of the claim's user.
func (s *Service) proofOf(r *http.Request, c claim) proof {
	device, known := s.config.Devices.Recognize(r, c.user)
	caller, hasSession := s.config.Caller(r.Context())
	switch {
	case !known && hasSession && caller.ID == c.user.ID:
		return proof{genuine: true, key: digest("session\x00" + caller.SessionID)}
	case device != "":
		return proof{known, digest("device\x00" + device), pairKeyOf(c.account, "device "+device)}
	}
	return proof{}
}

// budget returns the proof's own budget.
func (p proof) budget() budget { return budget{p.key, proofBudget} }
