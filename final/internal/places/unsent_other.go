//go:build !linux

package places

import "net"

// boundUnsent does nothing where it is not known how.
func boundUnsent(net.Conn) {}
