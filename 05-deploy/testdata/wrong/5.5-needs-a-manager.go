// Wrong: a server that is started by hand does not start.
//
// Hint: Not every server has a service manager. How does the environment look
// without one?
//
// Fails:
//   - TestNotify_withoutAManager
package deploy

import (
	"fmt"
	"io"
	"net"
)

func Notify(getenv func(string) string, state string) error {
	conn, err := net.Dial("unixgram", getenv("NOTIFY_SOCKET"))
	if err != nil {
		return fmt.Errorf("NOTIFY_SOCKET: %w", err)
	}
	defer conn.Close()
	_, err = io.WriteString(conn, state)
	return err
}
