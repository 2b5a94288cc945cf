// Wrong: the manager hears READY whatever happens, also from a server that
// stops.
//
// Hint: There are two states. Which one did the caller give you?
//
// Fails:
//   - TestNotify/a_socket_that_is_a_file_hears_STOPPING
package deploy

import (
	"fmt"
	"io"
	"net"
)

func Notify(getenv func(string) string, _ string) error {
	name := getenv("NOTIFY_SOCKET")
	if name == "" {
		return nil
	}
	conn, err := net.Dial("unixgram", name)
	if err != nil {
		return fmt.Errorf("NOTIFY_SOCKET: %w", err)
	}
	defer conn.Close()
	_, err = io.WriteString(conn, Ready)
	return err
}
