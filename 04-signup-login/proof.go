package accounts

import (
	"context"
	"net/http"
)

// proofBudget is how many failures an hour a proof survives. Who stole it would
// otherwise have no limit but that of the pair.
const proofBudget = 10

// proof is what an attempt shows of the owner beside the password: the cookie of
// a browser that has logged in before, or a live session. The budgets of the
// account and of the address don't stop it: an attacker may have spent them.
type proof struct {
	genuine bool
	// key counts its own failures. One that is not genuine has a key as well,
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
	case known:
		return proof{true, digest("device\x00" + device), pairKeyOf(c.account, "device "+device)}
	case hasSession && caller.ID == c.user.ID:
		return proof{genuine: true, key: digest("session\x00" + caller.SessionID)}
	case device != "":
		return proof{key: digest("device\x00" + device)}
	}
	return proof{}
}

// weigh returns the attempt as its proof lets it: past the budgets, unless the
// proof has failed too often.
func (g guard) weigh(ctx context.Context, a attempt) (attempt, error) {
	if a.proof.key == "" {
		return a, nil
	}
	wait, err := g.spent(ctx, []budget{{a.proof.key, proofBudget}})
	if err != nil {
		return a, err
	}
	a.proven = a.proof.genuine && wait <= 0
	return a, nil
}
