package course

import (
	"go/ast"
	"go/parser"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// Puzzle is an exercise of the reference in parts that a learner puts together
// again. Of a function they are the statements of its longest list, each with all
// that is in it, and the learner finds their order. Of a table they are two cells of
// one row, and the learner chooses what stands there.
type Puzzle struct {
	Exercise mark.Exercise
	Parts    []Part
	Row      Span         // of a table: the row with the cells, within the exercise's text
	Imports  []ImportSpec // of the wrong answers that the other texts are from
	around   []string     // what stands before, between and behind the parts
}

// Part is a statement or a cell. The first text is the reference's; the others are
// to choose from beside it.
type Part []string

// Pick is one text of one part.
type Pick struct{ Part, Text int }

const (
	leastParts = 4 // fewer statements are in order too soon
	mostPairs  = 3 // statements that stand beside a wrong one
	mostCells  = 4 // texts to choose from in a cell
)

// Puzzle is the puzzle of one of the chapter's exercises.
func (ch *Chapter) Puzzle(id mark.ID) (Puzzle, bool, error) {
	e, err := ch.Reference.Exercise(id)
	if err != nil {
		return Puzzle{}, false, err
	}
	answers, err := ch.WrongAnswers()
	if err != nil {
		return Puzzle{}, false, err
	}
	p, ok := PuzzleOf(e, answers)
	return p, ok, nil
}

// PuzzleOf is the puzzle of an exercise of the reference. It is false for one that is
// too short.
func PuzzleOf(e mark.Exercise, answers []WrongAnswer) (Puzzle, bool) {
	if e.Table {
		return puzzleOfTable(e)
	}
	list := longestList(e.Decl)
	if len(list) < leastParts {
		return Puzzle{}, false
	}
	p := Puzzle{Exercise: e, around: []string{e.Text[:spanIn(e, list[0]).Start]}}
	for _, s := range list {
		at := spanIn(e, s)
		part := Part{e.Text[at.Start:at.End]}
		if w, other, ok := wrongInstead(e, at, answers); ok && len(p.Wrong()) < mostPairs {
			part, p.Imports = append(part, other), append(p.Imports, w.Imports...)
		}
		p.Parts, p.around = append(p.Parts, part), append(p.around, "\n")
	}
	p.around[len(list)] = e.Text[spanIn(e, list[len(list)-1]).End:]
	return p, true
}

// longestList is the longest list of statements in a declaration, of two equal ones
// the outer one. The cases of a switch are a list too.
func longestList(decl ast.Decl) (longest []ast.Stmt) {
	ast.Inspect(decl, func(n ast.Node) bool {
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		}
		if len(list) > len(longest) {
			longest = list
		}
		return true
	})
	return longest
}

// spanIn is where a node is in an exercise's text.
func spanIn(e mark.Exercise, n ast.Node) Span {
	return Span{int(n.Pos() - e.Decl.Pos()), int(n.End() - e.Decl.Pos())}
}

// wrongInstead is a wrong answer that changes one statement alone, and what it has
// in its place.
func wrongInstead(e mark.Exercise, at Span, answers []WrongAnswer) (w WrongAnswer, other string, ok bool) {
	for _, w = range answers {
		rest, begins := strings.CutPrefix(w.Text, e.Text[:at.Start])
		other, ends := strings.CutSuffix(rest, e.Text[at.End:])
		if w.ID == e.ID && begins && ends && isStatement(other) {
			return w, strings.TrimSpace(other), true
		}
	}
	return w, "", false
}

// isStatement reports whether a text is one statement, or one case.
func isStatement(text string) bool {
	if expr, err := parser.ParseExpr("func() {\n" + text + "\n}"); err == nil {
		return len(expr.(*ast.FuncLit).Body.List) == 1
	}
	expr, err := parser.ParseExpr("func() { switch {\n" + text + "\n} }")
	return err == nil && len(expr.(*ast.FuncLit).Body.List[0].(*ast.SwitchStmt).Body.List) == 1
}

// Right are the picks that make the reference.
func (p Puzzle) Right() []Pick {
	var all []Pick
	for i := range p.Parts {
		all = append(all, Pick{Part: i})
	}
	return all
}

// Wrong are the right picks with one other text, for each of the others.
func (p Puzzle) Wrong() (all [][]Pick) {
	for i, part := range p.Parts {
		for j := range part[1:] {
			picks := p.Right()
			picks[i].Text = j + 1
			all = append(all, picks)
		}
	}
	return all
}

// Assemble is the exercise's text with the parts as they were picked. Cells have
// their places, whatever the order.
func (p Puzzle) Assemble(picks []Pick) string {
	if p.Exercise.Table {
		picks = slices.SortedFunc(slices.Values(picks), func(a, b Pick) int { return a.Part - b.Part })
	}
	var b strings.Builder
	for i, pick := range picks {
		b.WriteString(p.around[i] + p.Parts[pick.Part][pick.Text])
	}
	return b.String() + p.around[len(picks)]
}
