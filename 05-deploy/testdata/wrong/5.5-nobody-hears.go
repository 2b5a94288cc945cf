// Wrong: a socket that is gone is no error, and a minute later the manager
// kills a healthy server.
//
// Hint: What happens to a server of Type=notify whose READY never comes? Who
// should be told?
//
// Fails:
//   - TestNotify_saysWhenNobodyHears
package deploy

import (
	"io"
	"net"
)

func Notify(getenv func(string) string, state string) error {
	conn, err := net.Dial("unixgram", getenv("NOTIFY_SOCKET"))
	if err != nil {
		return nil
	}
	defer conn.Close()
	_, err = io.WriteString(conn, state)
	return err
}
