package book

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
)

func TestMain(m *testing.M) { fixture.Main(m, nil) }

// reader is who has the book open.
type reader struct {
	t      *testing.T
	tool   *fixture.Tool
	book   *Book
	opened []string // in the editor
	reads  string   // Accept-Language
}

// open opens the book of a course, whose chapter 1 is started.
func open(t *testing.T, tool *fixture.Tool) *reader {
	t.Helper()
	r := &reader{t: t, tool: tool}
	r.book = New(Config{Runner: tool.Runner, Wait: time.Millisecond, Knock: time.Minute, Now: time.Now,
		Tell: func(report gorun.Report) string { return "told: " + report.Verdicts[0].Exercise.Name },
		Edit: func(ch *course.Chapter, e mark.Exercise) error {
			r.opened = append(r.opened, ch.At(e))
			return nil
		}})
	require.NoError(t, fixture.Start(t.Context(), tool.Course, "1"))
	return r
}

func openSmall(t *testing.T) *reader {
	t.Helper()
	tool, _ := fixture.Open(t, fixture.NewCourse(t))
	return open(t, tool)
}

// ask sends a request as the page's own script does.
func (r *reader) ask(method, path string, form url.Values) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	request.Host, request.RemoteAddr = "127.0.0.1:8090", "127.0.0.1:5000"
	request.Header.Set("Accept-Language", r.reads)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := httptest.NewRecorder()
	r.book.ServeHTTP(answer, request)
	return answer
}

func (r *reader) page(path string) string {
	answer := r.ask("GET", path, nil)
	require.Equal(r.t, http.StatusOK, answer.Code, path)
	return answer.Body.String()
}

func (r *reader) post(path string, form ...string) string {
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Set(form[i], form[i+1])
	}
	return r.ask("POST", path, values).Body.String()
}

// save writes a text into greet.go, as an editor does.
func (r *reader) save(text string) {
	require.NoError(r.t, r.tool.Course.Write(filepath.Join(r.tool.Course.Root, "01-greet", "greet.go"), text))
}

// reference is greet.go as it was before the start.
func (r *reader) reference() string {
	ch, err := r.tool.Course.Chapter("1")
	require.NoError(r.t, err)
	return ch.Reference["greet.go"]
}

func TestBook_rowsTurnAtASave(t *testing.T) {
	r := openSmall(t)
	assert.Contains(t, r.page("/1.2"), "have not run")
	r.post("/1.2/check")
	blank := r.page("/1.2")
	assert.Contains(t, blank, `<li class="todo">○ a name with spaces</li>`)
	assert.NotContains(t, blank, "told:", "the list says all of a blank")
	_, seen, _ := strings.Cut(blank, `data-seen="`)
	seen, _, _ = strings.Cut(seen, `"`)
	wait := "/1.2/wait?seen=" + seen
	assert.Equal(t, http.StatusNoContent, r.ask("GET", wait, nil).Code, "nothing was saved")

	r.save(strings.Replace(r.reference(), "str.TrimSpace(name)", "str.Clone(name)", 1))
	assert.Equal(t, http.StatusOK, r.ask("GET", wait, nil).Code)
	r.post("/1.2/check")
	red := r.page("/1.2")
	assert.Contains(t, red, `<li class="bad">✗ a name with spaces</li>`)
	assert.Contains(t, red, `<li class="good">✓ a name</li>`)
	assert.Contains(t, red, "told: Greet", "the failure stands beside the text")
	assert.NotContains(t, red, "The reference of 1.2 is short.")

	r.save(r.reference())
	r.post("/1.2/check")
	green := r.page("/1.2")
	assert.Contains(t, green, `<li class="good">✓ a name with spaces</li>`)
	assert.Contains(t, green, "The reference of 1.2 is short.", "what is kept for green comes with it")
	assert.Contains(t, green, "Why does <code>Greet</code> cut the spaces")
}

// Reading on leaves the learner's place alone, and writing moves it.
func TestBook_youAreHere(t *testing.T) {
	r := openSmall(t)
	here := func() string { return r.tool.Course.ReadProgress().Current }
	r.post("/1.2/check")
	r.post("/1.3/check")
	assert.Equal(t, "1.2", here())
	assert.Contains(t, r.page("/1.3"), `<a href="/1.2">1.2 Greet</a> <b class="here">`)
	r.save(strings.Replace(r.reference(), "Map(names, Greet)", "nil", 1))
	r.post("/1.4/check")
	assert.Equal(t, "1.2", here(), "it was saved too")
	r.post("/1.2/check")
	assert.Equal(t, "1.3", here(), "1.2 is green now, and 1.3 the first that is open")
	r.save(strings.Replace(r.reference(), "Map(names, Greet)", "names", 1))
	r.post("/1.4/check")
	assert.Equal(t, "1.4", here(), "it was written in")
	assert.Equal(t, "/1.4", r.ask("GET", "/", nil).Header().Get("Location"))
}

func TestBook_hintsAreCounted(t *testing.T) {
	r := openSmall(t)
	assert.NotContains(t, r.page("/1.2"), "The package strings can cut spaces.")
	for _, want := range []int{1, 2, 3, 3} {
		r.post("/1.2/hint")
		assert.Equal(t, want, r.tool.Course.ReadProgress().Hints["1.2"])
	}
	assert.Contains(t, r.page("/1.2"), "The package strings can cut spaces.")
}

func TestBook_questions(t *testing.T) {
	r := openSmall(t)
	const id = "1.2 spaces-first"
	assert.Contains(t, r.page("/1.2"), "2 questions wait")
	assert.Equal(t, http.StatusNotFound, r.ask("POST", "/1.2/answer", url.Values{"id": {id}, "said": {"a"}}).Code,
		"an answer may give away what to write")
	r.save(r.reference())
	r.post("/1.2/check")
	assert.Contains(t, r.page("/1.2"), `value="`+id+`"`)
	assert.NotContains(t, r.page("/1.2"), "It prints them as they are", "no explanation before an answer")
	assert.Contains(t, r.post("/1.2/answer", "id", id), "Choose an answer first.")
	wrong := r.post("/1.2/answer", "id", id, "said", "`Sprintf` can't print a text that begins with spaces.")
	assert.Contains(t, wrong, "✗ No: it is")
	assert.Contains(t, wrong, "It prints them as they are")
	assert.Contains(t, wrong, "Cut first, then look")
	assert.True(t, ask.Open(r.tool.Course).Missed(id))
	right := r.post("/1.2/answer", "id", id, "said", "A name of spaces alone greets nobody, and counts as none.")
	assert.Contains(t, right, "✓ Right.")
	assert.True(t, ask.Open(r.tool.Course).Known(id))
	assert.Contains(t, r.page("/1.2"), "You have answered this one right.")
}

func TestBook_predicts(t *testing.T) {
	r := openSmall(t)
	asked := r.post("/1.2/predict")
	assert.Contains(t, asked, "Somebody gets it wrong: spaces around the name are kept.")
	assert.NotContains(t, asked, "Print the name between quotes", "the hint comes behind the answer")
	assert.NotContains(t, asked, "TrimSpace", "no code")
	answer := r.post("/1.2/answer", "id", "1.2 predict-keeps-spaces", "said", "All")
	assert.Contains(t, answer, "No: it is b.")
	assert.Contains(t, answer, "1 of 3 rows fail")
	assert.Contains(t, answer, "TestGreet/a_name_with_spaces")
	assert.True(t, ask.Open(r.tool.Course).Predicted(mark.ID{Chapter: 1, Number: 2}))
	assert.Equal(t, http.StatusNotFound, r.ask("POST", "/1.1/predict", nil).Code, "rows of the reference are no question")
}

func TestBook_refuses(t *testing.T) {
	r := openSmall(t)
	r.post("/1.2/edit")
	assert.Equal(t, []string{"01-greet/greet.go:6"}, r.opened)
	for _, row := range []struct {
		name, method, path, host, site string
		passes                         bool
	}{
		{"a link on another page of this machine", "GET", "/1.2", "localhost:8090", "same-site", true},
		{"a strange name that leads here", "GET", "/1.2", "evil.example:8090", "none", false},
		{"another site's form", "POST", "/1.2/edit", "127.0.0.1:8090", "cross-site", false},
		{"another port's form", "POST", "/1.2/hint", "localhost:8090", "same-site", false},
		{"another port's picture", "GET", "/1.2/wait", "localhost:8090", "same-site", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			request := httptest.NewRequest(row.method, row.path, nil)
			request.Host, request.RemoteAddr = row.host, "127.0.0.1:5000"
			request.Header.Set("Sec-Fetch-Site", row.site)
			request.Header.Set("Sec-Fetch-Mode", "navigate")
			request.Header.Set("Sec-Fetch-Dest", "document")
			answer := httptest.NewRecorder()
			r.book.ServeHTTP(answer, request)
			assert.Equal(t, row.passes, answer.Code == http.StatusOK)
		})
	}
	assert.Len(t, r.opened, 1)
	assert.Empty(t, r.tool.Course.ReadProgress().Hints)
	for _, path := range []string{"/9", "/1.9", "/x", "/1.2/x", "/diagrams/01-greet/greet.go", "/diagrams/../go.mod.svg"} {
		assert.NotEqual(t, http.StatusOK, r.ask("GET", path, nil).Code, path)
	}
}

// Notes in any language lead to chapters of the book, not to files.
func TestView_link(t *testing.T) {
	v := view{Book: &Book{course: &course.Course{Names: []string{"01-a", "02-b"}}}}
	for target, want := range map[string]string{
		"../02-b": "/2", "../02-b/README.md": "/2", "../02-b/README.ko.md#21-x": "/2", "../03-c": "", "a.go": "",
		"https://go.dev": "https://go.dev",
	} {
		assert.Equal(t, want, v.link(target), target)
	}
}

// The lab is one click away where it runs, else the command that starts it is there.
func TestBook_leadsToTheLab(t *testing.T) {
	r := openSmall(t)
	lab := httptest.NewServer(http.NotFoundHandler())
	defer lab.Close()
	_, r.book.Lab, _ = strings.Cut(strings.TrimPrefix(lab.URL, "http://"), ":")
	assert.Contains(t, r.page("/1.2"), "<code>go tool workbook run</code>", "another server has the port")
	lab.Config.Handler = http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/lab/", r.URL.Path)
	})
	page := r.page("/1.2")
	assert.Contains(t, page, `<a href="`+lab.URL+`/lab/#chain">`, "by the name that the book goes by")
	assert.NotContains(t, page, "go tool workbook run")
}
