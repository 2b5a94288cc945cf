package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// drawing is what Chromium runs for a diagram: Mermaid in grey, without HTML in labels, as
// a picture with a size of its own. A page for dark eyes inverts it.
const drawing = `(async (source) => {
	mermaid.initialize({ startOnLoad: false, theme: 'neutral', securityLevel: 'strict', htmlLabels: false,
		flowchart: { htmlLabels: false }, deterministicIds: true, fontFamily: 'sans-serif' });
	const box = document.createElement('div');
	box.innerHTML = (await mermaid.render('diagram', source)).svg;
	const picture = box.firstElementChild;
	const [, , width, height] = picture.getAttribute('viewBox').split(' ');
	picture.setAttribute('width', Math.ceil(width));
	picture.setAttribute('height', Math.ceil(height));
	picture.removeAttribute('style');
	return new XMLSerializer().serializeToString(picture);
})`

// draw makes a picture of each source, with Mermaid from npm in Chromium.
func draw(ctx context.Context, sources []string) (pictures []string, err error) {
	library, err := mermaid(ctx)
	if err != nil {
		return nil, err
	}
	ctx, stop, err := openChromium(ctx)
	if err != nil {
		return nil, err
	}
	defer stop()
	if err := chromedp.Run(ctx, chromedp.Navigate("about:blank"), chromedp.Evaluate(library+";0", nil)); err != nil {
		return nil, err
	}
	for _, source := range sources {
		quoted, err := json.Marshal(source)
		if err != nil {
			return nil, err
		}
		var picture string
		wait := func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }
		if err := chromedp.Run(ctx, chromedp.Evaluate(drawing+"("+string(quoted)+")", &picture, wait)); err != nil {
			return nil, fmt.Errorf("%w, in\n%s", err, source)
		}
		pictures = append(pictures, picture)
	}
	return pictures, nil
}

// mermaid fetches the library with npm, and returns its text.
func mermaid(ctx context.Context) (string, error) {
	dir, err := os.MkdirTemp("", "mermaid")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	const file = "package/dist/mermaid.min.js"
	for _, command := range [][]string{
		{"npm", "pack", "--silent", "mermaid@" + course.MermaidVersion},
		{"tar", "-xzf", "mermaid-" + course.MermaidVersion + ".tgz", file},
	} {
		cmd := exec.CommandContext(ctx, command[0], command[1:]...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, out)
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
	return string(text), err
}

// openChromium starts a browser without a window.
func openChromium(ctx context.Context) (context.Context, func(), error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
			chromedp.NoSandbox, // Chromium's own does not work for root
			chromedp.DisableGPU)
		ctx, stop := chromedp.NewExecAllocator(ctx, flags...)
		tab, closeTab := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
		return tab, func() { closeTab(); stop() }, nil
	}
	return nil, nil, errors.New("no Chromium here; get it with: apt-get install chromium")
}
