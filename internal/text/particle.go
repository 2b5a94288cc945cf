package text

import (
	"regexp"
	"strings"
	"unicode"
)

// particle is a place where the word before decides: the first form stands behind a
// final consonant.
var particle = regexp.MustCompile(`\{(은|이|을|과|으로)/(는|가|를|와|로)\}`)

// withParticles puts the particles in. Behind what nobody reads aloud it says both,
// as "은(는)".
func withParticles(text string) string {
	for {
		m := particle.FindStringSubmatchIndex(text)
		if m == nil {
			return text
		}
		closed, open := text[m[2]:m[3]], text[m[4]:m[5]]
		fits := closed + "(" + open + ")"
		switch end := finalOf(text[:m[0]]); {
		case end == vowel, end == rieul && open == "로":
			fits = open
		case end != unknown:
			fits = closed
		}
		text = text[:m[0]] + fits + text[m[1]:]
	}
}

// final is how a word ends when a Korean reads it.
type final int

const (
	unknown final = iota
	vowel
	rieul     // ㄹ, behind which 로 stands
	consonant // another
)

// endings match how Latin words end in Korean. It is a rule of thumb: depot would be 디폿.
var endings = []struct {
	word *regexp.Regexp
	end  final
}{
	{regexp.MustCompile(`(ee|ea|oo|ai)t$|[sH]ub$|ADDR$`), vowel},              // Greet, 그리트; GitHub, 깃허브; 어드레스
	{regexp.MustCompile(`(^|[^a-z])[A-Z]*[LR]$|(^|[^A-Za-z])r$|le?$`), rieul}, // letters have names: URL, 엘; Role, 롤
	{regexp.MustCompile(`(^|[^a-z])[A-Z]*[MN]$`), consonant},                  // TERM, 엠
	{regexp.MustCompile(`[mn]$|[aeiou][mn]e$|ng$|[Tt]ype$`), consonant},       // token, 토큰; Time, 타임; Type, 타입
	{regexp.MustCompile(`(?i:[aeiou])[bckpt]$|[ao]ck$`), consonant},           // hook, 훅; attack, 어택
	{regexp.MustCompile(`[A-Za-z]$`), vowel},
}

// word matches capitals that are read as one word: GET, 겟; AUTH_SECRET, 시크릿.
var word = regexp.MustCompile(`[A-Z]+[AEIOU][A-Z]{0,2}$`)

// closing is what a reader does not say: colours, quotes, also empty ones, and brackets.
var closing = regexp.MustCompile("(\x1b\\[[0-9;]*m| \\\\\"\\\\\"|[\"'`”’»()\\]}>*])+$")

// digits are 영 일 이 삼 사 오 육 칠 팔 구. What ends in zeros, 십 or 백, ends in a consonant too.
var digits = []final{consonant, rieul, vowel, consonant, vowel, vowel, consonant, rieul, rieul, vowel}

func finalOf(text string) final {
	read := word.ReplaceAllStringFunc(closing.ReplaceAllString(text, ""), strings.ToLower)
	letters := []rune(read)
	if len(letters) == 0 {
		return unknown
	}
	switch last := letters[len(letters)-1]; {
	case last >= '가' && last <= '힣':
		return hangul(last)
	case unicode.IsDigit(last) && last <= '9':
		return digits[last-'0']
	}
	for _, e := range endings {
		if e.word.MatchString(read) {
			return e.end
		}
	}
	return unknown
}

// hangul is the end of a syllable: they stand in order, 28 with the same beginning.
func hangul(syllable rune) final {
	switch (syllable - '가') % 28 {
	case 0:
		return vowel
	case 8:
		return rieul
	}
	return consonant
}
