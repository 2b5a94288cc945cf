package vcs

import (
	"archive/tar"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// MergeNews merges a commit into the current branch, all of it or nothing.
func MergeNews(ctx context.Context, c *course.Course, g *Git, target string) error {
	if g.Yes("merge-base", "--is-ancestor", target, "HEAD") {
		return nil
	}
	chapters, err := c.Chapters()
	if err != nil {
		return err
	}
	if err := keepAll(c, chapters); err != nil {
		return err
	}
	// The status says that there are conflicts; those are looked at below.
	if err := g.Do("merge", "--quiet", "--no-ff", "--no-commit", target); err != nil && !g.Merging() {
		return err
	}
	if err := mergeChapters(ctx, c, g, chapters, target); err != nil {
		_ = g.Do("merge", "--abort")
		return err
	}
	return g.Do("commit", "--quiet", "--no-verify", "-m", "Update the workbook")
}

// keepAll saves the files of started chapters.
func keepAll(c *course.Course, chapters []*course.Chapter) error {
	for _, ch := range chapters {
		for name, text := range ch.Disk {
			if !ch.Started || ch.Reference[name] == text {
				continue
			}
			if _, err := c.Keep(filepath.Join(ch.Dir, name), []byte(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// mergeChapters puts the merged files of the started chapters in place.
func mergeChapters(ctx context.Context, c *course.Course, g *Git, chapters []*course.Chapter, target string) error {
	for _, ch := range chapters {
		if !ch.Started {
			continue
		}
		if err := mergeChapter(ctx, c, g, ch, target); err != nil {
			return err
		}
		if err := g.Do("add", "--all", "--", ".workbook/"+ch.Name, ch.Name); err != nil {
			return err
		}
	}
	conflicts, err := g.Ask("diff", "--name-only", "--diff-filter=U")
	if err != nil || conflicts == "" {
		return err
	}
	return term.Refuse(text.T("you and the workbook have both changed:\n  %s\n  nothing is merged",
		strings.ReplaceAll(conflicts, "\n", "\n  ")),
		text.T("take your change back for now, commit, and type go tool workbook update again"))
}

// mergeChapter merges one started chapter.
func mergeChapter(ctx context.Context, c *course.Course, g *Git, ch *course.Chapter, target string) error {
	news, err := g.ReferenceAt(target, ch.Name)
	if err != nil || len(news) == 0 {
		return err
	}
	names, err := course.NamesOf(ctx, c.Root, news)
	if err != nil {
		return err
	}
	merged, err := g.mergeTrees(ch, news, names)
	if err != nil {
		return err
	}
	if err := c.PutTree(ch.Dir, ch.Disk, merged); err != nil {
		return err
	}
	if err := c.PutTree(c.Saved(ch.Name, "reference"), ch.Reference, news); err != nil {
		return err
	}
	guards, err := g.guardsAt(target, ch.Name)
	if err != nil {
		return err
	}
	return c.WriteManifest(ch.Name, guards)
}

// guardsAt is the manifest of a commit: what a learner has changed since is not
// in it, although the merge keeps that.
func (g *Git) guardsAt(commit, chapter string) (course.Manifest, error) {
	text, err := g.Read("archive", "--format=tar", commit)
	if err != nil {
		return nil, err
	}
	m := course.Manifest{}
	for files := tar.NewReader(strings.NewReader(text)); ; {
		file, err := files.Next()
		if err == io.EOF {
			return m, nil
		}
		if err != nil {
			return nil, err
		}
		if file.Typeflag != tar.TypeReg || !course.Guards(file.Name) && !course.IsTestData(file.Name, chapter) {
			continue
		}
		content, err := io.ReadAll(files)
		if err != nil {
			return nil, err
		}
		m[file.Name] = course.HashOf(content)
	}
}

// ReferenceAt returns the finished chapter of a commit.
func (g *Git) ReferenceAt(commit, name string) (course.Tree, error) {
	for _, folder := range []string{".workbook/" + name + "/reference/", name + "/"} {
		paths, err := g.names("ls-tree", "--name-only", "-z", commit, "--", folder)
		if err != nil {
			return nil, err
		}
		t := course.Tree{}
		for _, path := range paths {
			if base := strings.TrimPrefix(path, folder); course.IsGoFile(base) {
				if t[base], err = g.Read("show", commit+":"+path); err != nil {
					return nil, err
				}
			}
		}
		if len(t) > 0 {
			return t, nil
		}
	}
	return nil, nil
}

// mergeTrees is the three-way merge of a chapter: from the old reference, the
// learner's files and the new reference. Exercises that are new come blank.
func (g *Git) mergeTrees(ch *course.Chapter, news course.Tree, names course.PackageNames) (course.Tree, error) {
	ours, base, err := ch.Renumbered(news)
	if err != nil {
		return nil, err
	}
	if base, err = base.Take(ours, course.Every, names); err != nil {
		return nil, err
	}
	theirs, err := news.Fill(course.Every, course.Todo, names)
	if err == nil {
		theirs, err = theirs.Take(ours, course.Every, names)
	}
	if err != nil {
		return nil, err
	}
	out := course.Tree{}
	for name := range course.Union(ours, theirs) {
		text, there, err := g.mergeFile(ch.Name+"/"+name, version(ours, name), version(base, name),
			version(theirs, name))
		if err != nil {
			return nil, err
		}
		if there {
			out[name] = text
		}
	}
	return out, nil
}

// version returns a file of a tree; nil is none.
func version(t course.Tree, name string) *string {
	if text, ok := t[name]; ok {
		return &text
	}
	return nil
}

// mergeFile merges three versions of one file.
func (g *Git) mergeFile(path string, ours, base, theirs *string) (merged string, there bool, err error) {
	switch {
	case same(ours, theirs) || same(base, theirs):
		return deref(ours), ours != nil, nil
	case same(ours, base):
		return deref(theirs), theirs != nil, nil
	case ours == nil || theirs == nil:
		return "", false, term.Refuse(text.T("%s is gone on one side and changed on the other: nothing is merged", path),
			text.T("git merge FETCH_HEAD   and decide by hand"))
	}
	dir, err := os.MkdirTemp("", "workbook-*")
	if err != nil {
		return "", false, err
	}
	defer os.RemoveAll(dir)
	args := []string{"merge-file", "-p", "-L", "yours", "-L", "before", "-L", "workbook"}
	for i, v := range []*string{ours, base, theirs} {
		name := filepath.Join(dir, fmt.Sprint(i))
		if err := os.WriteFile(name, []byte(deref(v)), 0o600); err != nil {
			return "", false, err
		}
		args = append(args, name)
	}
	if merged, err = g.Read(args...); err != nil {
		return "", false, term.Refuse(
			text.T("outside the exercises, you and the workbook have both changed %s: nothing is merged", path),
			text.T("take your change there back, or move it to a file of your own; commit; go tool workbook update"))
	}
	return merged, true, nil
}

func same(a, b *string) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
