package main

import (
	"errors"
	"net"
	"strconv"
	"syscall"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
)

// refuseTakenPort refuses a server that would not get its port, before anything is
// built for it. Where the address has another fault, the server says it better.
func refuseTakenPort(getenv func(string) string) error {
	if getenv("DOMAIN") != "" { // then the server is a public one, with ports of its own
		return nil
	}
	address := addressOf(getenv)
	listener, err := net.Listen("tcp", address)
	if err == nil {
		return listener.Close()
	}
	_, port, _ := net.SplitHostPort(address)
	number, _ := strconv.Atoi(port)
	if !errors.Is(err, syscall.EADDRINUSE) || number == 0 {
		return nil
	}
	return term.Refuse(text.T("port %d is taken: another program listens there, perhaps a server of yours", number),
		text.T("ADDR=127.0.0.1:%d go tool workbook run   and then localhost:%d in each command", number+1, number+1))
}
