package lang

import (
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

const other = "the process's"

func TestChoose(t *testing.T) {
	for _, row := range []struct{ name, query, cookie, accept, want string }{
		{"nothing is said", "", "", "", other},
		{"a Korean browser", "", "", "ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", Korean},
		{"an English one that reads Korean too", "", "", "en-US,ko;q=0.9", English},
		{"the order is that of the weights", "", "", "en;q=0.1, ko", Korean},
		{"a language of neither", "", "", "fr, ko;q=0.5", Korean},
		{"Korean is refused", "", "", "ko;q=0", other},
		{"no list", "", "", "ko-;;=", other},
		{"what was kept decides", "", "en", "ko", English},
		{"a link decides", "ko", "en", "en", Korean},
		{"a link to another language", "<b>", "", "ko", Korean},
	} {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/?lang="+row.query, nil)
			r.Header.Set("Accept-Language", row.accept)
			r.Header.Set("Cookie", "lang="+row.cookie)
			w := httptest.NewRecorder()
			assert.Equal(t, row.want, Choose(w, r, true, other))
			assert.Equal(t, "Accept-Language, Cookie", w.Header().Get("Vary"))
			kept := w.Header().Get("Set-Cookie")
			if row.query != "ko" {
				assert.Empty(t, kept)
				return
			}
			assert.Equal(t, "lang=ko; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Strict", kept)
		})
	}
}

// A script's request gets what it asks for, and the other tabs keep theirs.
func TestChoose_forAScript(t *testing.T) {
	r := httptest.NewRequest("GET", "/?lang=ko", nil)
	r.Header.Set("Sec-Fetch-Dest", "empty")
	w := httptest.NewRecorder()
	assert.Equal(t, Korean, Choose(w, r, false, other))
	assert.Empty(t, w.Header().Get("Set-Cookie"))
}
