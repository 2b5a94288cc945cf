package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// chart is a picture of bars, one below the other.
type chart struct {
	title string
	log   bool // each line of the grid is ten times the one before
	unit  string
	bars  []bar
}

// bar is one figure.
type bar struct {
	label string
	value float64
	goal  float64 // 0: none
	text  string  // the value, for people
}

const (
	chartWidth = 800
	chartLeft  = 10
	chartRight = 110 // for the text beside the longest bar
	chartTop   = 56
	barStep    = 36
)

// chartHead has its own ground in both colours: a page may be dark where the reader's system is not.
const chartHead = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img">
<title>%s</title>
<style>
  svg { font: 13px system-ui, sans-serif; }
  .ground { fill: #fff; } text { fill: #222; } .bar { fill: #0b57d0; }
  .grid { stroke: #ccc; } .goal { stroke: #b3261e; stroke-width: 3; } .head { font-weight: bold; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #181818; } text { fill: #ddd; } .bar { fill: #8ab4f8; }
    .grid { stroke: #555; } .goal { stroke: #ff9c94; }
  }
</style>
<rect class="ground" width="100%%" height="100%%"/>
<text class="head" x="10" y="20">%s</text>
`

// svg draws the chart.
func (c chart) svg() string {
	var b strings.Builder
	height := chartTop + barStep*len(c.bars) + 10
	title := html.EscapeString(c.title)
	fmt.Fprintf(&b, chartHead, chartWidth, height, title, title)
	for _, v := range c.grid() {
		fmt.Fprintf(&b, `<path class="grid" d="M%.0f 46V%d"/><text x="%.0f" y="40">%g%s</text>`+"\n",
			c.x(v), height-8, c.x(v), v, c.unit)
	}
	for i, one := range c.bars {
		y, end := chartTop+barStep*i, c.x(one.value)
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text>`, chartLeft, y+12, html.EscapeString(one.label))
		fmt.Fprintf(&b, `<rect class="bar" x="%d" y="%d" width="%.0f" height="10"/>`, chartLeft, y+17, end-chartLeft)
		end = c.x(max(one.value, one.goal))
		fmt.Fprintf(&b, `<text x="%.0f" y="%d">%s</text>`, end+8, y+26, html.EscapeString(one.text))
		if one.goal > 0 {
			fmt.Fprintf(&b, `<path class="goal" d="M%.0f %dv16"/>`, c.x(one.goal), y+14)
		}
		b.WriteString("\n")
	}
	return b.String() + "</svg>\n"
}

// x is where a value ends.
func (c chart) x(v float64) float64 {
	low, high := c.ends()
	if c.log {
		v = math.Log10(v)
	}
	return chartLeft + (chartWidth-chartLeft-chartRight)*(v-low)/(high-low)
}

// ends are the values at the left and the right, or their logarithms.
func (c chart) ends() (low, high float64) {
	least := math.Inf(1)
	for _, one := range c.bars {
		least, high = min(least, one.value), max(high, one.value, one.goal)
	}
	if c.log {
		return math.Floor(math.Log10(least)), math.Ceil(math.Log10(high))
	}
	return 0, high
}

// grid returns the values that have a line.
func (c chart) grid() (at []float64) {
	low, high := c.ends()
	for v := low; v <= high; v++ {
		if c.log {
			at = append(at, math.Pow10(int(v)))
			continue
		}
		at = append(at, v)
	}
	return at
}
