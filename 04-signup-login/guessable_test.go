package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"
)

func TestService_refusesThePasswordThatIsTheName(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	rows := []struct {
		name, username, password string
		refused                  bool
	}{
		{"as it is", "longer name", "longer name", true},
		{"in capitals", "longer name", "LONGER NAME", true},
		{"without its space", "JIN HO KIM", "jinhokim", true},
		{"with digits behind it", "JIN HO", "jinho2026", true},
		{"with signs around it", "JIN HO", "!!Jin Ho!!", true},
		{"of digits alone", "20260101", "20260101", true},
		{"in Hangul, as separate letters", "김진호아주긴이름", norm.NFD.String("김진호아주긴이름"), true},
		{"with a word beside it", "JIN HO", "jinho likes tea", false},
		{"in a word", "jin", "jinglebells", false},
		{"the course's example", "JIN HO", "12341234", false},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			body := `{"username":"` + r.username + `","password":"` + r.password + `","nickname":"n"}`
			a := newServer().do(request{do: "POST /signup", body: body})
			s := newServer()
			token := s.logIn(t, s.add(r.username, "a good password", RoleUser))
			change := s.do(request{do: "PUT /me/password", token: token,
				body: `{"currentPassword":"a good password","newPassword":"` + r.password + `"}`})
			if !r.refused {
				assert.Equal(t, 201, a.status, a.body)
				assert.Equal(t, 204, change.status, change.body)
				return
			}
			assert.Equal(t, []string{"password LIKE_NAME"}, a.fieldCodes())
			assert.Equal(t, []string{"newPassword LIKE_NAME"}, change.fieldCodes())
			assert.NotContains(t, a.fields[0].Message, r.password)
		})
	}
}

func TestService_ChangePassword_wantsAnotherPassword(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	const old = "비밀번호 아홉 글자"
	for name, same := range map[string]string{"as it is": old, "in another normal form": norm.NFD.String(old)} {
		s := newServer()
		token := s.logIn(t, s.add("JIN HO", old, RoleUser))
		a := s.do(request{do: "PUT /me/password", token: token,
			body: `{"currentPassword":"` + old + `","newPassword":"` + same + `"}`})
		assert.Equal(t, []string{"newPassword UNCHANGED"}, a.fieldCodes(), name)
		assert.Equal(t, "Choose a password that is not the one you have.", a.fields[0].Message)
	}
}

func TestCheckNewPassword_refusesWhatIsCommon(t *testing.T) {
	exercise.Needs(t, "4.3")
	common := func(password string) bool { return password == "dragon" || password == "qwer1234" }
	for password, refused := range map[string]bool{
		"qwer1234": true, "dragon2026": true, "123 dragon!": true,
		"dragonfly": false, "qwer12345": false, "12341234": false, strings.Repeat("가", 128): false,
	} {
		err := checkNewPassword(password, common)
		if !refused {
			assert.NoError(t, err, password)
			continue
		}
		require.Error(t, err, password)
		assert.Contains(t, err.Error(), "Choose another", "a person needs to read what to do")
	}
}
