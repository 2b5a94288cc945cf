//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// swaggerInABrowser opens the page from the guest's public address. What the
// page does is tested in final.
func swaggerInABrowser(f *field) {
	if _, err := exec.LookPath("chromium"); err != nil {
		f.Skip("NOT SHOWN: no Chromium here; get it with: apt-get install chromium")
	}
	ctx, cancel := context.WithTimeout(f.Context(), time.Minute)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx,
		append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
			chromedp.WindowSize(1280, 1600))...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	defer cancel()
	var title, text string
	var shot []byte
	require.NoError(f, chromedp.Run(ctx,
		chromedp.Navigate(f.url()+"/swagger/"),
		chromedp.WaitVisible(".opblock", chromedp.ByQuery),
		chromedp.Text("h2.title", &title, chromedp.ByQuery),
		chromedp.Text("#swagger-ui", &text, chromedp.ByQuery),
		chromedp.CaptureScreenshot(&shot),
	))
	assert.Contains(f, title, "authbook")
	for _, want := range []string{"/signup", "/login", "/refresh", "/me"} {
		assert.Contains(f, text, want)
	}
	if dir := os.Getenv("AUTHBOOK_SCREENSHOTS"); dir != "" {
		require.NoError(f, os.WriteFile(filepath.Join(dir, "instance-swagger.png"), shot, 0o644))
	}
}
