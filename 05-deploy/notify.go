package deploy

import (
	"fmt"
	"io"
	"net"
)

// What a process tells its service manager (sd_notify(3)).
const (
	// Ready means: started up; the manager may go on with what waits for it.
	Ready = "READY=1"
	// Stopping means: on the way down.
	Stopping = "STOPPING=1"
)

// Notify tells the service manager a state such as [Ready]: one datagram to
// the socket that NOTIFY_SOCKET names. A name that starts with @ is abstract,
// not a file (unix(7)); package net knows that too. Without NOTIFY_SOCKET
// nobody asked, and Notify does nothing.
//
//workbook:exercise 5.5 TestNotify.*
func Notify(getenv func(string) string, state string) error {
	name := getenv("NOTIFY_SOCKET")
	if name == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", name)
	if err != nil {
		return fmt.Errorf("NOTIFY_SOCKET: %w", err)
	}
	defer conn.Close()
	_, err = io.WriteString(conn, state)
	return err
}
