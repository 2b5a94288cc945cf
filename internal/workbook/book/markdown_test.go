package book

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHTML(t *testing.T) {
	at := Places{AsText: "as text",
		Link: func(target string) string {
			return map[string]string{"#11-x": "/1.1#11-x", "https://go.dev": "https://go.dev"}[target]
		},
		Diagram: func(source string) string {
			if source == "drawn\n" {
				return "/d.svg"
			}
			return ""
		}}
	for _, row := range []struct{ name, markdown, want string }{
		{"a heading has the name that GitHub gives it", "## 1.1 `X` 요청!", `<h2 id="11-x-요청">1.1 <code>X</code> 요청!</h2>`},
		{"headings begin below the title", "### a\n\n## b\n\n### c",
			"<h2 id=\"a\">a</h2>\n<h2 id=\"b\">b</h2>\n<h3 id=\"c\">c</h3>"},
		{"a link to another page", "[x](#11-x)", `<p><a href="/1.1#11-x">x</a></p>`},
		{"a link to another site", "[x](https://go.dev)", `<p><a href="https://go.dev">x</a></p>`},
		{"a file is no link", "[x](a&b.go)", `<p><span class="file" title="a&amp;b.go">x</span></p>`},
		{"a script in a link is none", "[x](javascript:alert)", `<p><span class="file" title="javascript:alert">x</span></p>`},
		{"a comment is dropped", "a\n\n<!-- code: x.go -->\n\nb", "<p>a</p>\n\n<p>b</p>"},
		{"a fold", "<details><summary>Why?</summary>\n\n**So**\n\n</details>",
			"<details><summary>Why?</summary>\n<p><strong>So</strong></p>\n</details>"},
		{"a fold has no attributes", "<details open onclick=x>", "&lt;details open onclick=x&gt;"},
		{"another tag is text", "<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"},
		{"in a line too", "a <img src=x onerror=y> b", "<p>a &lt;img src=x onerror=y&gt; b</p>"},
		{"code is what it is", "```go\na < b\n```", `<pre tabindex="0"><code>a &lt; b` + "\n</code></pre>"},
		{"a diagram is its picture, and a text", "```mermaid\ndrawn\n```", `<figure tabindex="0"><img src="/d.svg" alt=""><details>` +
			`<summary>as text</summary>` + "\n" + `<pre tabindex="0"><code>drawn` + "\n</code></pre>\n</details></figure>"},
		{"one that nobody drew is a text", "```mermaid\nnew\n```", `<pre tabindex="0"><code>new` + "\n</code></pre>"},
		{"a table", "|a|\n|-|\n|b|", "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, strings.TrimSpace(HTML(row.markdown, at)))
		})
	}
}
