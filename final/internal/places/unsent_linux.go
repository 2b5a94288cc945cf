package places

import (
	"net"
	"syscall"
)

// unsentBytes is how much of an answer the system keeps that it can't send yet.
const unsentBytes = 32 << 10

// tcpNotSentLowAt is TCP_NOTSENT_LOWAT (tcp(7)), which package syscall lacks.
const tcpNotSentLowAt = 25

// boundUnsent lets the system take no more of an answer than it can send soon. By
// itself it takes megabytes, though the client reads nothing. It does not bound what
// is on its way, and so not how fast a client can read.
func boundUnsent(conn net.Conn) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) { // without it, an answer shows later that nobody reads it
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpNotSentLowAt, unsentBytes)
	})
}
