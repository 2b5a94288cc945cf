package scenario

import (
	"fmt"
	"sync"
)

// Names holds what the steps of a scenario have named so far, such as the tokens
// of a log-in.
type Names[T any] struct {
	what  string // "tokens"
	mu    sync.Mutex
	known map[string]T
}

// NewNames returns the names of a scenario that begins. what are the things.
func NewNames[T any](what string) *Names[T] {
	return &Names[T]{what: what, known: map[string]T{}}
}

// Get returns what an earlier step has named.
func (n *Names[T]) Get(name string) (T, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	thing, ok := n.known[name]
	if !ok {
		return thing, fmt.Errorf("no step before has called its %s %q", n.what, name)
	}
	return thing, nil
}

// Set names a thing. A name is given once.
func (n *Names[T]) Set(name string, thing T) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if _, ok := n.known[name]; ok {
		return fmt.Errorf("two steps call their %s %q; name them apart", n.what, name)
	}
	n.known[name] = thing
	return nil
}

// Len is how many names there are.
func (n *Names[T]) Len() int { return len(n.known) }
