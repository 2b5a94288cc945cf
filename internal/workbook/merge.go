package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// mergeNews merges a commit into the current branch, all of it or nothing.
func (a *app) mergeNews(ctx context.Context, g *git, target string) error {
	if g.yes("merge-base", "--is-ancestor", target, "HEAD") {
		return nil
	}
	chapters, err := a.chapters()
	if err != nil {
		return err
	}
	if err := a.keepAll(chapters); err != nil {
		return err
	}
	// The status says that there are conflicts; those are looked at below.
	if err := g.do("merge", "--quiet", "--no-ff", "--no-commit", target); err != nil && !g.merging() {
		return err
	}
	if err := a.mergeChapters(ctx, g, chapters, target); err != nil {
		_ = g.do("merge", "--abort")
		return err
	}
	return g.do("commit", "--quiet", "--no-verify", "-m", "Update the workbook")
}

// keepAll saves the files of started chapters.
func (a *app) keepAll(chapters []*chapter) error {
	for _, ch := range chapters {
		for name, text := range ch.disk {
			if !ch.started || ch.reference[name] == text {
				continue
			}
			if _, err := a.keep(filepath.Join(ch.dir, name), []byte(text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// mergeChapters puts the merged files of the started chapters in place.
func (a *app) mergeChapters(ctx context.Context, g *git, chapters []*chapter, target string) error {
	for _, ch := range chapters {
		if !ch.started {
			continue
		}
		if err := a.mergeChapter(ctx, g, ch, target); err != nil {
			return err
		}
		if err := g.do("add", "--all", "--", ".workbook/"+ch.name, ch.name); err != nil {
			return err
		}
	}
	conflicts, err := g.ask("diff", "--name-only", "--diff-filter=U")
	if err != nil || conflicts == "" {
		return err
	}
	return refuse("you and the workbook have both changed:\n  "+strings.ReplaceAll(conflicts, "\n", "\n  ")+"\n  nothing is merged",
		"take your change back for now, commit, and type go tool workbook update again")
}

// mergeChapter merges one started chapter.
func (a *app) mergeChapter(ctx context.Context, g *git, ch *chapter, target string) error {
	news, err := g.referenceAt(target, ch.name)
	if err != nil || len(news) == 0 {
		return err
	}
	names, err := namesOf(ctx, a.root, news)
	if err != nil {
		return err
	}
	merged, err := g.mergeTrees(ch, news, names)
	if err != nil {
		return err
	}
	return cmp.Or(a.put(ch.dir, ch.disk, merged), a.put(a.saved(ch.name, "reference"), ch.reference, news))
}

// put makes a folder's Go files those of a tree; old is what the folder had.
func (c *course) put(dir string, old, t tree) error {
	for name := range old {
		if _, ok := t[name]; !ok {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
	}
	for name, text := range t {
		if err := c.write(filepath.Join(dir, name), text); err != nil {
			return err
		}
	}
	return nil
}

// referenceAt returns the finished chapter of a commit.
func (g *git) referenceAt(commit, name string) (tree, error) {
	for _, folder := range []string{".workbook/" + name + "/reference/", name + "/"} {
		list, err := g.ask("ls-tree", "--name-only", commit, "--", folder)
		if err != nil {
			return nil, err
		}
		t := tree{}
		for path := range strings.FieldsSeq(list) {
			if base := strings.TrimPrefix(path, folder); isGoFile(base) {
				if t[base], err = g.read("show", commit+":"+path); err != nil {
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
func (g *git) mergeTrees(ch *chapter, news tree, names packageNames) (tree, error) {
	base, err := ch.reference.take(ch.disk, everyone, names)
	if err != nil {
		return nil, err
	}
	theirs, err := news.fill(everyone, todo, names)
	if err == nil {
		theirs, err = theirs.take(ch.disk, everyone, names)
	}
	if err != nil {
		return nil, err
	}
	out := tree{}
	for name := range union(ch.disk, theirs) {
		text, there, err := g.mergeFile(ch.name+"/"+name, version(ch.disk, name), version(base, name), version(theirs, name))
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
func version(t tree, name string) *string {
	if text, ok := t[name]; ok {
		return &text
	}
	return nil
}

func union(a, b tree) map[string]bool {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return all
}

// mergeFile merges three versions of one file.
func (g *git) mergeFile(path string, ours, base, theirs *string) (text string, there bool, err error) {
	switch {
	case same(ours, theirs) || same(base, theirs):
		return deref(ours), ours != nil, nil
	case same(ours, base):
		return deref(theirs), theirs != nil, nil
	case ours == nil || theirs == nil:
		return "", false, refuse(path+" is gone on one side and changed on the other: nothing is merged", "git merge FETCH_HEAD   and decide by hand")
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
	if text, err = g.read(args...); err != nil {
		return "", false, refuse("outside the exercises, you and the workbook have both changed "+path+": nothing is merged",
			"take your change there back, or move it to a file of your own; commit; go tool workbook update")
	}
	return text, true, nil
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

// lookOutAll says what a commit changes in the started chapters' exercises.
func (a *app) lookOutAll(g *git, target string) error {
	chapters, err := a.chapters()
	if err != nil {
		return err
	}
	for _, ch := range chapters {
		if !ch.started {
			continue
		}
		news, err := g.referenceAt(target, ch.name)
		if err == nil && len(news) > 0 {
			err = a.lookOut(ch, news)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lookOut says which of the learner's exercises have changed upstream.
func (a *app) lookOut(ch *chapter, news tree) error {
	before, err := ch.reference.exercises()
	if err != nil {
		return err
	}
	after, err := news.exercises()
	if err != nil {
		return inFolder(ch, err)
	}
	for _, old := range before {
		switch now, ok := find(after, old.ID); {
		case !ok:
			a.ui.tell("%s is no exercise any more; your text is in .workbook/local/saved and in git", old)
		case now.Text != old.Text:
			a.ui.tell("%s has changed; your text stays. See: go tool workbook reveal %s", old, old.ID)
		}
	}
	for _, e := range after {
		if _, ok := find(before, e.ID); !ok {
			a.ui.say("%s is new, and blank", e)
		}
	}
	return nil
}
