package tokens

import (
	"context"
	"log/slog"
	"sync"
)

// auditLog keeps what the audit hook was told, the oldest first.
type auditLog struct {
	mu      sync.Mutex
	records []record
}

// record is one event. A field is empty where the event has no such attribute.
type record struct {
	event, user, session, code string
	address, reason            string
}

func (l *auditLog) add(_ context.Context, event string, attrs ...slog.Attr) {
	told := map[string]string{}
	for _, attr := range attrs {
		told[attr.Key] = attr.Value.String()
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records = append(l.records, record{
		event, told["user_id"], told["session_id"], told["code"], told["address"], told["reason"],
	})
}

// take returns the records without address and reason, and forgets them all.
func (l *auditLog) take() []record {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.records
	l.records = nil
	for i := range all {
		all[i].address, all[i].reason = "", ""
	}
	return all
}
