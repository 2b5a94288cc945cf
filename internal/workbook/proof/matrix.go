package proof

import (
	"context"
	"fmt"
	"slices"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// Matrix returns the list of one chapter, line by line, and what is missing in it.
func Matrix(ctx context.Context, runner *gorun.Runner, printer term.Printer,
	ch *course.Chapter) (problems, list []string, err error) {
	p, clean, err := newProof(ctx, runner, printer, ch)
	if err != nil {
		return nil, nil, err
	}
	defer clean()
	out, err := p.try(ctx, ch.Reference, gorun.TestRun{})
	if err != nil {
		return nil, nil, err
	}
	if broken := p.brokenOff("the reference", out); broken != nil {
		return broken, nil, nil
	}
	p.expected = out.Rows
	return p.listRules()
}

// rulesHaveTests is the part of the matrix that may fail, for prove.
func (p *proof) rulesHaveTests(context.Context) ([]string, error) {
	problems, _, err := p.listRules()
	return problems, err
}

// listRules returns the matrix of the chapter and what is missing in it.
func (p *proof) listRules() (problems, list []string, err error) {
	notes, err := p.chapter.ReadNotes()
	if err != nil {
		return nil, nil, err
	}
	remarks, err := remarksOf(p.chapter)
	if err != nil {
		return nil, nil, err
	}
	rules := rulesIn(notes)
	list = append(list, fmt.Sprintf("%s: %s, %s, %s", p.chapter.Name,
		text.N(len(rules), "%d rule", "%d rules"), text.N(len(p.answers), "%d wrong answer", "%d wrong answers"),
		text.N(len(p.impostors()), "%d impostor", "%d impostors")))
	for _, r := range rules {
		where := fmt.Sprintf("%s/README.md:%d", p.chapter.Name, r.line)
		list = append(list, "", r.text+"  "+where)
		lines, lacks := p.listRule(r, remarks)
		list = append(list, lines...)
		for _, lack := range lacks {
			problems = append(problems, fmt.Sprintf("%s: %s: %s", where, r.text, lack))
		}
	}
	for _, m := range remarks {
		if !m.used {
			problems = append(problems, fmt.Sprintf("%s/testdata/matrix.txt: nothing needs the line of %s",
				p.chapter.Name, m.test))
		}
	}
	return problems, append(list, ""), nil
}

// listRule lists one rule: its tests and whom they catch, or why they catch
// nobody.
func (p *proof) listRule(r rule, remarks []*remark) (list, lacks []string) {
	if len(r.tests) == 0 {
		lacks = append(lacks, "the notes name no test behind it")
	}
	caught := 0
	var reasons []string
	for _, test := range r.tests {
		list = append(list, "  "+test)
		if !p.hasTest(test) {
			lacks = append(lacks, "there is no test "+test)
			continue
		}
		names, unknown := p.caughtBy(test, remarks)
		for _, name := range unknown {
			lacks = append(lacks, "there is no impostor "+name)
		}
		for _, name := range names {
			list = append(list, "    "+name)
		}
		caught += len(names)
		reasons = append(reasons, test)
	}
	if caught > 0 || len(lacks) > 0 {
		return list, lacks
	}
	for _, m := range remarks {
		if m.because != "" && slices.ContainsFunc(reasons, func(test string) bool { return holds(m.test, test) }) {
			m.used = true
			return append(list, "    gap, because "+m.because), nil
		}
	}
	return append(list,
		"    gap"), []string{"no wrong answer and no impostor breaks it, and testdata/matrix.txt does not say why"}
}

// hasTest reports whether the reference runs a test of that name.
func (p *proof) hasTest(test string) bool {
	return slices.ContainsFunc(p.expected, func(r gorun.Row) bool { return holds(test, r.Name) })
}

// caughtBy names the wrong answers and impostors that fail a test, and those of
// the remarks that do not exist.
func (p *proof) caughtBy(test string, remarks []*remark) (names, unknown []string) {
	for _, w := range p.answers {
		if slices.ContainsFunc(w.Fails, func(row string) bool { return holds(test, row) }) {
			names = append(names, "wrong answer "+w.Short())
		}
	}
	impostors := p.impostors()
	for _, row := range p.expected {
		if name, ok := gorun.ImpostorIn(row.Name); ok && holds(test, row.Name) {
			names = append(names, "impostor "+name)
		}
	}
	for _, m := range remarks {
		if m.test != test || m.because != "" {
			continue
		}
		m.used = true
		for _, name := range m.impostors {
			if slices.Contains(impostors, name) {
				names = append(names, "impostor "+name)
			} else {
				unknown = append(unknown, name)
			}
		}
	}
	return names, unknown
}

// impostors lists the names of the chapter's impostors.
func (p *proof) impostors() []string {
	var all []string
	for _, r := range p.expected {
		if name, ok := gorun.ImpostorIn(r.Name); ok {
			all = append(all, name)
		}
	}
	return all
}
