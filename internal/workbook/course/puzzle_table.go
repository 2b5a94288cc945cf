package course

import (
	"go/ast"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
)

// cell is one value of a row, and the column that it stands in: of a literal a field,
// of a call all arguments that are made by the same function.
type cell struct {
	at     Span
	column string
}

// puzzleOfTable leaves two cells out of a short row in the middle of a table, for in a
// long one a step may be changed and the row still unmask whom it must. They are the
// last two for which other rows have something to choose from.
func puzzleOfTable(e mark.Exercise) (Puzzle, bool) {
	rows := e.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.CompositeLit).Elts
	columns := map[string][]string{}
	for _, row := range rows {
		for _, c := range cellsOf(e, row) {
			columns[c.column] = append(columns[c.column], e.Text[c.at.Start:c.at.End])
		}
	}
	middle := len(rows) / 2
	byLength := func(a, b ast.Expr) int { return len(cellsOf(e, a)) - len(cellsOf(e, b)) }
	for _, row := range slices.SortedStableFunc(slices.Values(slices.Concat(rows[middle:], rows[:middle])), byLength) {
		cells := slices.DeleteFunc(cellsOf(e, row), func(c cell) bool { return len(textsOf(e, c, columns)) < 2 })
		if len(cells) >= 2 {
			return puzzleOfRow(e, spanIn(e, row), cells[len(cells)-2:], columns), true
		}
	}
	return Puzzle{}, false
}

func puzzleOfRow(e mark.Exercise, row Span, cells []cell, columns map[string][]string) Puzzle {
	first, second := cells[0].at, cells[1].at
	return Puzzle{Exercise: e, Row: row,
		Parts:  []Part{textsOf(e, cells[0], columns), textsOf(e, cells[1], columns)},
		around: []string{e.Text[:first.Start], e.Text[first.End:second.Start], e.Text[second.End:]}}
}

// cellsOf are the values of a row behind its name.
func cellsOf(e mark.Exercise, row ast.Expr) (all []cell) {
	switch row := row.(type) {
	case *ast.CompositeLit:
		for i, value := range row.Elts[min(1, len(row.Elts)):] {
			column := strconv.Itoa(i)
			if pair, ok := value.(*ast.KeyValueExpr); ok {
				column, value = pair.Key.(*ast.Ident).Name, pair.Value
			}
			all = append(all, cell{spanIn(e, value), column})
		}
	case *ast.CallExpr:
		for _, arg := range row.Args[min(1, len(row.Args)):] {
			at := spanIn(e, arg)
			column, _, _ := strings.Cut(e.Text[at.Start:at.End], "(")
			all = append(all, cell{at, column})
		}
	}
	return all
}

// textsOf is what may stand in a cell: its own text, and then those of its column. A
// step that goes on where the right one ends, and refuses nothing, only asks for more.
func textsOf(e mark.Exercise, c cell, columns map[string][]string) Part {
	part := Part{e.Text[c.at.Start:c.at.End]}
	for _, text := range columns[c.column] {
		more := strings.HasPrefix(text, part[0]+".") && !strings.Contains(text, ".fails(")
		if len(part) < mostCells && !slices.Contains(part, text) && !more {
			part = append(part, text)
		}
	}
	return part
}
