package book

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
)

// page is what the template shows.
type page struct {
	Lang                 text.Language
	Name, Title, Chapter string
	Words                map[string]string
	Chapters, Steps      []entry
	Body                 template.HTML
	Next                 string   // the name of the page behind it
	Exercise             *section // nil on pages without one
}

// entry is a line of a list of pages.
type entry struct {
	Name, Title, Effort string
	Green, Shown, Here  bool
}

// end is what the name of the last page of a chapter has behind the number.
const end = "-end"

// page writes a page: "1" is the opening of a chapter, "1.3" an exercise, "1-end" what
// stands behind the last one.
func (b *Book) page(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("page")
	number, _, _ := strings.Cut(strings.TrimSuffix(name, end), ".")
	ch, err := b.course.In(b.language(w, r)).Chapter(number)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	contents, err := ch.Contents()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	v := view{b, ch, contents, b.course.ReadProgress()}
	p := page{Lang: ch.Language, Name: name, Words: words(ch.Language), Chapters: v.chapters(name), Steps: v.steps(name)}
	if err := v.fill(r, &p); err != nil {
		http.NotFound(w, r)
		return
	}
	b.write(w, "page.html", p)
}

// view is what a page is drawn from.
type view struct {
	*Book
	ch       *course.Chapter
	contents course.Contents
	progress course.Progress
}

// fill puts in what is on the page alone.
func (v view) fill(r *http.Request, p *page) error {
	number := fmt.Sprint(v.ch.Number)
	p.Title, p.Chapter, p.Next = v.contents.Title, v.contents.Title, p.Steps[0].Name
	for i, e := range p.Steps {
		if e.Name == p.Name && e.Name != number+end {
			p.Next = p.Steps[i+1].Name
		}
	}
	switch p.Name {
	case number:
		p.Body = v.html(v.contents.Opening)
	case number + end:
		p.Next, p.Body = "", v.html(v.tail())
	default:
		return v.exercise(r, p)
	}
	return nil
}

// tail is what stands behind the last exercise, with what is kept for the end.
func (v view) tail() string {
	bare := course.Bare(v.contents.Tail)
	if _, open := course.NextIn(v.ch, v.progress); open || !v.ch.Started {
		return bare
	}
	return bare + "\n" + course.AtTheEnd(v.contents.Tail)
}

// chapters lists the chapters.
func (v view) chapters(name string) (all []entry) {
	for i, folder := range v.course.Names {
		number := fmt.Sprint(i + 1)
		all = append(all, entry{Name: number, Title: folder, Shown: name == number || v.ch.Name == folder})
	}
	return all
}

// steps lists the exercises of the chapter, and the page behind them.
func (v view) steps(name string) (all []entry) {
	for _, e := range v.ch.Exercises {
		id := e.ID.String()
		step, _ := v.contents.Step(e.ID)
		all = append(all, entry{Name: id, Title: e.String(), Effort: v.minutes(step.Minutes), Shown: id == name,
			Green: v.green(e), Here: v.progress.Current == id})
	}
	last := fmt.Sprint(v.ch.Number) + end
	return append(all, entry{Name: last, Title: word(v.ch.Language, "rest"), Shown: name == last})
}

func (v view) minutes(n int) string {
	if n == 0 {
		return ""
	}
	return v.ch.T("%d min", n)
}

// green reports whether an exercise is the learner's, and green.
func (v view) green(e mark.Exercise) bool { return v.ch.Started && v.progress.HasPassed(e) }

// html turns a part of the notes into HTML.
func (v view) html(markdown string) template.HTML {
	return template.HTML(HTML(markdown, Places{Link: v.link, Diagram: v.picture, AsText: word(v.ch.Language, "asText")}))
}

// link is the page that a link of the notes leads to, "" for what the book does not have.
func (v view) link(target string) string {
	file, heading, _ := strings.Cut(target, "#")
	if strings.HasPrefix(target, "https://") {
		return target
	}
	if file == "" {
		return v.pageOf(heading)
	}
	folder := strings.TrimSuffix(strings.TrimSuffix(file, "/README.md"), "/README.ko.md")
	if i := slices.Index(v.course.Names, strings.TrimPrefix(folder, "../")); i >= 0 {
		return "/" + fmt.Sprint(i+1)
	}
	return ""
}

// pageOf is the page of this chapter with a heading.
func (v view) pageOf(heading string) string {
	has := func(markdown string) bool {
		for line := range strings.Lines(markdown) {
			if strings.HasPrefix(line, "#") && slug(strings.TrimSpace(strings.TrimLeft(line, "#"))) == heading {
				return true
			}
		}
		return false
	}
	for _, s := range v.contents.Steps {
		if has(s.Text) {
			return "/" + s.ID.String() + "#" + heading
		}
	}
	at := fmt.Sprint(v.ch.Number)
	if has(v.contents.Tail) {
		at += end
	}
	return "/" + at + "#" + heading
}
