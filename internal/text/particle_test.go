package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestWithParticles(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"a final consonant", "토큰{은/는} 장{이/가} 행{을/를} 답{과/와} 힌트", "토큰은 장이 행을 답과 힌트"},
		{"a vowel", "세션{이/가} 쿠키{이/가} 쿠키{을/를} 쿠키{과/와} 쿠키{은/는}", "세션이 쿠키가 쿠키를 쿠키와 쿠키는"},
		{"the particle 로 behind a consonant, a vowel and ㄹ", "행{으로/로} 서버{으로/로} 파일{으로/로}", "행으로 서버로 파일로"},
		{"digits as they are read", "0{이/가} 1{이/가} 2{이/가} 3{이/가} 4{이/가} 5{이/가} 6{이/가} 7{이/가} 8{이/가} 9{이/가}",
			"0이 1이 2가 3이 4가 5가 6이 7이 8이 9가"},
		{"tens, and 일", "2.10{으로/로} 2.1{으로/로}", "2.10으로 2.1로"},
		{"Latin words", "Chain{을/를} hook{을/를} verify{을/를} start{을/를} pull{으로/로} chain.go{을/를} String{은/는}",
			"Chain을 hook을 verify를 start를 pull로 chain.go를 String은"},
		{"an e that nobody reads", "RequireRole{은/는} OneLine{은/는} isAccessType{은/는} judge{은/는}",
			"RequireRole은 OneLine은 isAccessType은 judge는"},
		{"a long vowel before t", "Greet{은/는} root{이/가} wait{으로/로} LogOut{은/는} Split{을/를}",
			"Greet는 root가 wait로 LogOut은 Split을"},
		{"words that end in b", "sub{을/를} GitHub{은/는} blob{이/가} SignUp{을/를}", "sub를 GitHub는 blob이 SignUp을"},
		{"capitals are letters", "JWT{은/는} URL{으로/로} PATH{을/를} HTTP{이/가} \"r\"{은/는} server{은/는}",
			"JWT는 URL로 PATH를 HTTP가 \"r\"은 server는"},
		{"names of variables are words", "AUTH_SECRET{은/는} RATE_LIMIT{을/를} SWAGGER{을/를} ADDR{을/를} DOMAIN{이/가}",
			"AUTH_SECRET은 RATE_LIMIT을 SWAGGER를 ADDR를 DOMAIN이"},
		{"capitals that are a word", "GET{을/를} MAC{은/는} USER{이/가} UNAVAILABLE{을/를} MEDIA_TYPE{이/가} HTTPS{을/를}",
			"GET을 MAC은 USER가 UNAVAILABLE을 MEDIA_TYPE이 HTTPS를"},
		{"ck behind a and o, and behind e", "attack{을/를} block{이/가} check{을/를}", "attack을 block이 check를"},
		{"quotes, brackets and colours are not read", "`1.3 Chain`{은/는} \"쿠키\"{을/를} \"iss \\\"\\\"\"{을/를} " +
			"\x1b[1m행\x1b[0m{이/가} (파일){으로/로}",
			"`1.3 Chain`은 \"쿠키\"를 \"iss \\\"\\\"\"를 \x1b[1m행\x1b[0m이 (파일)로"},
		{"nor is an empty list of arguments", "keepsCookie(){은/는} answers(){이/가}", "keepsCookie()는 answers()가"},
		{"behind what nobody reads both stand", "…{은/는} {이/가}", "…은(는) 이(가)"},
		{"other braces stay", "{a..z} {은} %{http_code}", "{a..z} {은} %{http_code}"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, withParticles(row.text))
		})
	}
}
