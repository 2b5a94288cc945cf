package book

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
)

// diagram serves a picture.
func (b *Book) diagram(w http.ResponseWriter, r *http.Request) {
	content, err := b.readDiagram(r.PathValue("chapter"), "diagrams/"+r.PathValue("name"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Security-Policy", picturePolicy)
	send(w, "diagram.svg", content)
}

// readDiagram reads a picture of a chapter, and no file elsewhere.
func (b *Book) readDiagram(chapter, name string) ([]byte, error) {
	if !slices.Contains(b.course.Names, chapter) || filepath.Ext(name) != ".svg" {
		return nil, os.ErrNotExist
	}
	folder, err := os.OpenRoot(filepath.Join(b.course.Root, chapter))
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	return folder.ReadFile(name)
}
