package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"time"
)

// A general HTTP client would cost more than the server that it measures. This
// one keeps a connection open, sends bytes that were made before, and reads of
// an answer what it needs.

// wire is one keep-alive connection.
type wire struct {
	conn   net.Conn
	buffer []byte
}

// answer is one response. Its bytes are valid until the next request.
type answer struct {
	status int
	header []byte
	body   []byte
}

// maxAnswer is more than any answer of the paths that are measured.
const maxAnswer = 4 << 10

// patience is how long one answer may take; a log-in under overload takes two
// seconds.
const patience = 30 * time.Second

func dial(addr string) (*wire, error) {
	conn, err := net.DialTimeout("tcp", addr, patience)
	if err != nil {
		return nil, err
	}
	return &wire{conn, make([]byte, maxAnswer)}, nil
}

// dialAll opens n connections, or none.
func dialAll(addr string, n int) ([]*wire, error) {
	wires := make([]*wire, 0, n)
	for range n {
		w, err := dial(addr)
		if err != nil {
			closeAll(wires)
			return nil, err
		}
		wires = append(wires, w)
	}
	return wires, nil
}

// closeAll closes connections; nil is none.
func closeAll(wires []*wire) {
	for _, w := range wires {
		if w != nil {
			_ = w.conn.Close()
		}
	}
}

// exchange sends a request and waits for the whole answer.
func (w *wire) exchange(request []byte) (answer, error) {
	if _, err := w.conn.Write(request); err != nil {
		return answer{}, err
	}
	end, filled, err := w.readHeader()
	if err != nil {
		return answer{}, err
	}
	a := answer{header: w.buffer[:end+2]}
	length, err := a.parse()
	if err != nil {
		return answer{}, err
	}
	start := end + len("\r\n\r\n")
	if start+length > len(w.buffer) {
		return answer{}, errors.New("an answer is longer than any that was expected")
	}
	if filled < start+length {
		if _, err := io.ReadFull(w.conn, w.buffer[filled:start+length]); err != nil {
			return answer{}, err
		}
	}
	a.body = w.buffer[start : start+length]
	return a, nil
}

// readHeader reads until the empty line behind the header, and returns where
// the header ends and how much was read.
func (w *wire) readHeader() (end, filled int, err error) {
	for {
		n, err := w.conn.Read(w.buffer[filled:])
		if err != nil {
			return 0, 0, err
		}
		filled += n
		if end = bytes.Index(w.buffer[:filled], []byte("\r\n\r\n")); end >= 0 {
			return end, filled, nil
		}
	}
}

// parse reads the status and returns the length of the body.
func (a *answer) parse() (length int, err error) {
	if len(a.header) < len("HTTP/1.1 200") {
		return 0, errors.New("not an HTTP answer")
	}
	if a.status, err = strconv.Atoi(string(a.header[9:12])); err != nil {
		return 0, fmt.Errorf("not an HTTP answer: %q", a.header[:12])
	}
	if text := a.field("Content-Length"); text != "" {
		return strconv.Atoi(text)
	}
	if a.status == 204 {
		return 0, nil
	}
	return 0, errors.New("an answer without Content-Length")
}

// field returns a header's value, or "". net/http writes names in one form.
func (a *answer) field(name string) string {
	_, rest, found := bytes.Cut(a.header, []byte("\r\n"+name+": "))
	if !found {
		return ""
	}
	value, _, _ := bytes.Cut(rest, []byte("\r\n"))
	return string(value)
}

// get returns the bytes of a GET request.
func get(path, token string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n")
}

// post returns the bytes of a POST request with a JSON body.
func post(path, body string) []byte {
	return []byte("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: " +
		strconv.Itoa(len(body)) + "\r\n\r\n" + body)
}
