package book

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Places say where things of a text are in the book.
type Places struct {
	Link    func(target string) string // the address of a link, "" for what the book does not have
	Diagram func(source string) string // the address of a picture, "" where it is not drawn
	AsText  string                     // the title of a diagram's source
}

// HTML turns notes in Markdown into HTML. Of raw HTML it knows the tags of folds, and
// drops comments; all else is shown as it is written.
func HTML(markdown string, at Places) string {
	ours := writer{at}
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(ours, 100))))
	var out bytes.Buffer
	source := []byte(markdown)
	doc := md.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(headingIDs{}))))
	raise(doc)
	if err := md.Renderer().Render(&out, source, doc); err != nil {
		return "<pre>" + html.EscapeString(markdown) + "</pre>" // no writer fails here
	}
	return out.String()
}

// raise puts the headings of a text below the title of its page, the highest so far as a
// second one: none is missed by who goes from one to the next. The text is a part of the
// notes, and may begin below a heading that stands on another page.
func raise(doc ast.Node) {
	highest := 6
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok {
			highest = min(highest, h.Level)
			h.Level += 2 - highest
		}
	}
}

// writer writes the parts of a text that the book shows in its own way.
type writer struct{ at Places }

// RegisterFuncs names these parts to goldmark.
func (w writer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHTMLBlock, w.rawBlock)
	r.Register(ast.KindRawHTML, w.raw)
	r.Register(ast.KindLink, w.link)
	r.Register(ast.KindFencedCodeBlock, w.code)
}

func (w writer) rawBlock(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	block := n.(*ast.HTMLBlock)
	text := string(block.Lines().Value(source))
	if block.HasClosure() {
		text += string(block.ClosureLine.Value(source))
	}
	if entering {
		_, _ = out.WriteString(knownTags(text))
	}
	return ast.WalkContinue, nil
}

func (w writer) raw(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = out.WriteString(knownTags(string(n.(*ast.RawHTML).Segments.Value(source))))
	}
	return ast.WalkSkipChildren, nil
}

var (
	comment = regexp.MustCompile(`(?s)<!--.*?-->`)
	fold    = regexp.MustCompile(`&lt;(/?(?:details|summary))&gt;`)
)

// knownTags escapes all but the tags of folds, which have no attributes.
func knownTags(raw string) string {
	return fold.ReplaceAllString(html.EscapeString(comment.ReplaceAllString(raw, "")), "<$1>")
}

// link writes a link to what the book or another site has. Of a file it shows where it is.
func (w writer) link(out util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	target := string(n.(*ast.Link).Destination)
	address := w.at.Link(target)
	open, end := tag("a", "href", address), "</a>"
	if address == "" {
		open, end = tag("span", "class", "file", "title", target), "</span>"
	}
	if entering {
		end = open
	}
	_, _ = out.WriteString(end)
	return ast.WalkContinue, nil
}

// code writes a block that the keyboard can scroll, and a diagram as its picture.
func (w writer) code(out util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	block := n.(*ast.FencedCodeBlock)
	if !entering {
		return ast.WalkContinue, nil
	}
	text := string(block.Lines().Value(source))
	shown := tag("pre", "tabindex", "0") + "<code>" + html.EscapeString(text) + "</code></pre>\n"
	if string(block.Language(source)) == "mermaid" {
		shown = w.diagram(text, shown)
	}
	_, _ = out.WriteString(shown)
	return ast.WalkSkipChildren, nil
}

// diagram is a picture, and its source for who can't see it.
func (w writer) diagram(text, shown string) string {
	address := w.at.Diagram(text)
	if address == "" {
		return shown
	}
	return tag("figure", "tabindex", "0") + tag("img", "src", address, "alt", "") + "<details><summary>" +
		html.EscapeString(w.at.AsText) + "</summary>\n" + shown + "</details></figure>\n"
}

// tag begins an element with attributes: names and values.
func tag(name string, attributes ...string) string {
	for i := 0; i+1 < len(attributes); i += 2 {
		name += " " + attributes[i] + `="` + html.EscapeString(attributes[i+1]) + `"`
	}
	return "<" + name + ">"
}

// headingIDs names headings as GitHub does: links in the notes use these names.
type headingIDs struct{}

// Generate returns the name of a heading.
func (headingIDs) Generate(heading []byte, _ ast.NodeKind) []byte {
	return []byte(slug(string(heading)))
}

// Put is for names that are given, and the notes give none.
func (headingIDs) Put([]byte) {}

// slug is "11-securityheaders" for "1.1 SecurityHeaders".
func slug(heading string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '-', r == '_':
			return unicode.ToLower(r)
		}
		return -1
	}, heading)
}
