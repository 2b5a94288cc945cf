package jwtbasics

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// read collects the members that eachMember shows.
func read(text string) (string, error) {
	var shown []string
	err := eachMember(text, func(name string, v value) error {
		if v.quoted {
			shown = append(shown, name+"='"+v.text+"'")
		} else {
			shown = append(shown, name+"="+v.text)
		}
		return nil
	})
	return strings.Join(shown, " "), err
}

func TestEachMember_reads(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"strings and numbers, in order", `{"b":"x","a":1,"c":0}`, "b='x' a=1 c=0"},
		{"an empty object", `{}`, ""},
		{"white space anywhere between", " {\t\"a\" :\r\n1 , \"b\": \"x\" } \n", "a=1 b='x'"},
		{"letters of any script", `{"이름":"안녕"}`, "이름='안녕'"},
		{"an empty name and an empty string", `{"":""}`, "=''"},
		{"what looks like JSON inside a string", `{"a":"{,}:[1]"}`, "a='{,}:[1]'"},
		{"a number of any length", `{"a":123456789012345678901234567890}`, "a=123456789012345678901234567890"},
		{"more members than fit the list on the stack", `{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1}`,
			"a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1 i=1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := read(row.text)
			require.NoError(t, err)
			assert.Equal(t, row.want, got)
		})
	}
}

func TestEachMember_refuses(t *testing.T) {
	for _, row := range []struct{ name, text string }{
		{"nothing", ``},
		{"an array", `[]`},
		{"a string", `"a"`},
		{"null", `null`},
		{"an object that does not end", `{`},
		{"a member that does not end", `{"a":1`},
		{"a string that does not end", `{"a":"x`},
		{"a name without quotes", `{a:1}`},
		{"a name without a value", `{"a"}`},
		{"a comma at the end", `{"a":1,}`},
		{"a comma at the start", `{,"a":1}`},
		{"members without a comma", `{"a":1 "b":2}`},
		{"text after the object", `{"a":1}x`},
		{"a second object", `{"a":1}{}`},
		{"a byte order mark", "\ufeff{}"},
		{"a name twice", `{"a":1,"a":1}`},
		{"a name twice with others between", `{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":1}`},
		{"an escape in a value", `{"a":"\u0041"}`},
		{"an escape in a name", `{"\u0061":1}`},
		{"a raw line break in a string", "{\"a\":\"x\ny\"}"},
		{"a raw NUL in a string", "{\"a\":\"\x00\"}"},
		{"a byte that is not UTF-8", "{\"a\":\"\xff\"}"},
		{"half a surrogate", "{\"a\":\"\xed\xa0\x80\"}"},
		{"an object inside", `{"a":{}}`},
		{"an array inside", `{"a":[1]}`},
		{"true", `{"a":true}`},
		{"null inside", `{"a":null}`},
		{"a negative number", `{"a":-1}`},
		{"a plus sign", `{"a":+1}`},
		{"a fraction", `{"a":1.5}`},
		{"an exponent", `{"a":1e9}`},
		{"a leading zero", `{"a":01}`},
		{"hexadecimal", `{"a":0x1}`},
		{"digits of another script", `{"a":١}`},
		{"a space that JSON doesn't know", "{\u00a0}"},
		{"ten thousand levels", strings.Repeat(`{"a":`, 10_000)},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := read(row.text)
			assert.ErrorIs(t, err, ErrMalformed)
		})
	}
}

func TestValue_DateInto(t *testing.T) {
	for _, row := range []struct {
		name string
		v    value
		want time.Time
		err  error
	}{
		{"the first second", value{text: "0"}, time.Unix(0, 0).UTC(), nil},
		{"a second of today", value{text: "1782907020"}, time.Date(2026, 7, 1, 11, 57, 0, 0, time.UTC), nil},
		{"the last second of 9999", value{text: "253402300799"}, time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), nil},
		{"a second later", value{text: "253402300800"}, time.Time{}, ErrMalformed},
		{"milliseconds", value{text: "1782907020000"}, time.Time{}, ErrMalformed},
		{"more than an integer holds", value{text: "99999999999999999999"}, time.Time{}, ErrMalformed},
		{"a string", value{text: "1782907020", quoted: true}, time.Time{}, ErrMalformed},
	} {
		t.Run(row.name, func(t *testing.T) {
			var got time.Time
			assert.ErrorIs(t, row.v.dateInto(&got), row.err)
			assert.Equal(t, row.want, got, "nothing is stored with an error")
		})
	}
}

func FuzzEachMember(f *testing.F) {
	for _, seed := range []string{
		`{}`, `{"a":1,"b":"x"}`, `{"a":1,"a":1}`, "{\"a\":\"\xff\"}", `{"a":"\u0041"}`, ` { "a" : 0 } `, `{"a":1.5}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := map[string]string{}
		err := eachMember(text, func(name string, v value) error {
			got[name] = v.text
			return nil
		})
		if err != nil {
			assert.ErrorIs(t, err, ErrMalformed)
			return
		}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.UseNumber()
		var want map[string]any
		require.NoError(t, decoder.Decode(&want), "what we read is JSON")
		assert.Len(t, got, len(want))
		for name, value := range want {
			if number, ok := value.(json.Number); ok {
				value = number.String()
			}
			assert.Equal(t, value, got[name], "encoding/json reads the same")
		}
	})
}
