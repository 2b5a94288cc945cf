package review

import (
	"context"
	"maps"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// swap plays a classmate's impostor to the learner's own tables. The file is shown
// before anything of it is built, and it never comes into the learner's tree.
func swap(ctx context.Context, runner *gorun.Runner, ui *term.UI, path string) error {
	s, err := readSwapped(runner.Course, path)
	if err != nil {
		return err
	}
	s.show(ui)
	if len(s.faults) > 0 {
		return term.Refuse(text.T("this file is not built:"), s.faults...)
	}
	ui.Tell("When it is built, its code runs on this machine, for at most %s.", runner.Limit)
	if !ui.Asks("Build it, and play it to your tables?") {
		ui.Tell("Nothing was built.")
		return nil
	}
	return s.meet(ctx, runner, ui)
}

// show prints the file, but for a row that holds steps and nothing else.
func (s swapped) show(ui *term.UI) {
	ui.Tell("Somebody else wrote this. Read it first; nothing of it has run.")
	ui.Say("")
	lines := s.lines()
	if len(s.faults) == 0 {
		hidden := "    " + text.T("(its row, which holds steps and nothing else: you see it at the end)")
		lines = slices.Replace(lines, s.row.Start-1, s.row.End, hidden)
	}
	for _, line := range lines {
		ui.Say("%s", line)
	}
	ui.Say("")
}

// meet plays it to both tables, the learner's own and the workbook's.
func (s swapped) meet(ctx context.Context, runner *gorun.Runner, ui *term.UI) error {
	if s.chapter.Broken != nil {
		return s.chapter.Broken
	}
	own, err := s.play(ctx, runner, s.chapter.Disk)
	if err != nil {
		return err
	}
	if err := own.isImpostor(); err != nil {
		return err
	}
	tellOwn(ui, own)
	if s.chapter.Started {
		theirs, err := s.play(ctx, runner, s.chapter.Reference)
		if err != nil {
			return err
		}
		tellWorkbook(ui, len(theirs.caught()))
	}
	s.unveil(ui, len(own.caught()) > 0)
	return nil
}

// tellOwn says how the learner's tables did, and which of them do not count.
func tellOwn(ui *term.UI, own met) {
	for _, row := range own {
		if row.Waits() {
			ui.Note("your table %s does not count: it is not right yet", row.Todo())
		}
	}
	for _, row := range own.caught() {
		ui.Tick(true, "unmasked by your row %q", row)
	}
	if len(own.caught()) == 0 {
		ui.Tick(false, "None of your rows unmasks it. Can you write one that does?")
	}
}

// tellWorkbook says whether the flaw is one that the workbook has thought of.
func tellWorkbook(ui *term.UI, rows int) {
	if rows == 0 {
		ui.Tell("The workbook's own tables do not know it: it is new.")
		return
	}
	ui.Say("%s", text.N(rows, "The workbook's own tables know it: %d row unmasks it.",
		"The workbook's own tables know it: %d rows unmask it."))
}

// unveil shows what came with the flaw, to whoever found it or wants to know.
func (s swapped) unveil(ui *term.UI, found bool) {
	if !found && !ui.Asks("Show the row that came with it?") {
		return
	}
	for _, line := range s.lines()[s.row.Start-1 : s.row.End] {
		ui.Say("%s", line)
	}
}

// met is how what an impostor must be turned out, one row each.
type met []gorun.Row

// caught are the rows of the tables that unmask it.
func (m met) caught() (rows []string) {
	for _, row := range m {
		rows = append(rows, row.Caught...)
	}
	return rows
}

// isImpostor refuses one whose own row does not unmask it, and no other.
func (m met) isImpostor() error {
	for _, row := range m {
		if row.Red() && !row.Waits() && len(row.Caught) == 0 {
			return term.Refuse(text.T("this is no good impostor yet, and its author can see why with check"),
				gorun.Brief(text.Current(), term.Visible(row.Output))...)
		}
	}
	return nil
}

// play runs the exercise's own test over a version of the chapter, with the file in it.
func (s swapped) play(ctx context.Context, runner *gorun.Runner, version course.Tree) (met, error) {
	scratch, clean, err := course.NewScratch()
	if err != nil {
		return nil, err
	}
	defer clean()
	version = maps.Clone(version)
	version[s.exercise.File] = s.text
	overlay, err := runner.Course.WriteOverlay(scratch.Folder(), map[*course.Chapter]course.Tree{s.chapter: version})
	if err != nil {
		return nil, err
	}
	defer runner.Out.Progress("playing it to the tables")()
	out, err := runner.Test(ctx, gorun.TestRun{Chapter: s.chapter.Name, Only: s.exercise.Tests, Overlay: overlay,
		Limit: runner.Limit})
	if err != nil {
		return nil, err
	}
	return out.Rows, s.brokenOff(out)
}

// brokenOff is why a run says nothing.
func (s swapped) brokenOff(out gorun.Outcome) error {
	switch {
	case out.Build != "":
		return term.Refuse(text.T("it does not compile in your chapter:"),
			strings.Split(strings.TrimSpace(term.Visible(out.Build)), "\n")...)
	case out.Crash != "":
		return term.Refuse(text.T("its run says nothing: %s",
			term.Visible(gorun.ReadCrash(s.chapter.Language, out.Crash, s.chapter.Name).What)))
	}
	return nil
}
