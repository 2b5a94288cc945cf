package attack

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
)

// World is what a practice server is made of. The tool draws it and hands it over
// as JSON: two servers of one world differ in their code alone, and take the same
// tokens.
type World struct {
	Says       string   // on every answer, what this server is
	Address    string   // to listen on; "127.0.0.1:0" is a free port
	Alg        string   // of access tokens: HS256, or RS256
	Library    bool     // golang-jwt reads them, not the verifier made by hand
	Secret     []byte   // of tokens, 32 bytes
	PrivateKey []byte   // for RS256, PKCS #8
	Flag       string   // what an attacker is after
	Victim     Person   // whose it is
	Own        Person   // the attacker's own account
	Known      []string // what the attacker knows, by the names of /known/
	Candidates []string // names or passwords, one of which is the victim's
}

// Person is somebody with an account.
type Person struct {
	Username, Nickname, Password string

	ID    string
	Live  string // id of a session that goes on
	Ended string // id of a session that was logged out of
}

// Event is what the server tells the tool, one JSON object on each line.
type Event struct {
	Listening string `json:",omitempty"` // the address, once, at the start
	Answer    string `json:",omitempty"` // "GET /me 401 INVALID_TOKEN"
	Flag      bool   `json:",omitempty"` // that answer had the flag in it
}

// Draw makes a new world for the attack. No two are alike.
func (a Attack) Draw() (World, error) {
	w := World{
		Address: "127.0.0.1:0",
		Alg:     "HS256",
		Library: a.Library,
		Secret:  []byte(rand.Text() + rand.Text()),
		Flag:    "flag-" + rand.Text()[:10],
		Victim:  newPerson("JIN HO", rand.Text()),
		Own:     newPerson("mallory", rand.Text()),
		Known:   a.knownNames(),
	}
	w.Own.Nickname, w.Victim.Nickname = "me", w.Flag
	if a.RSA {
		w.Alg = "RS256"
	}
	if a.adapt != nil {
		a.adapt(&w)
	}
	return w, w.drawKey()
}

func newPerson(name, password string) Person {
	return Person{Username: name, Password: password, ID: rand.Text(), Live: rand.Text(), Ended: rand.Text()}
}

// drawKey makes an RSA key, which takes a moment, where one is needed.
func (w *World) drawKey() error {
	if w.Alg != "RS256" {
		return nil
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return err
	}
	w.PrivateKey, err = x509.MarshalPKCS8PrivateKey(key)
	return err
}
