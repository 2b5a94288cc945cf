package vcs

import (
	"regexp"
	"strings"

	"example.com/authbook/internal/text"
)

// secretShape is the form of a secret. What a provider hands out begins with a prefix
// of its own, so that scanners find it. The part in a group, if there is one, must be
// varied: an example of a token ends in AAAA.
type secretShape struct {
	kind text.Key
	form *regexp.Regexp
}

func shape(kind text.Key, forms ...string) secretShape {
	return secretShape{kind, regexp.MustCompile(strings.Join(forms, "|"))}
}

var secretShapes = []secretShape{
	shape("a private key", `-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----`, `^PuTTY-User-Key-File-`,
		`\bAGE-SECRET-KEY-1[0-9A-Z]{50}`),
	shape("an AWS access key", `\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b`),
	shape("a GitHub token", `\bgh[pousr]_[A-Za-z0-9]{30,}`, `\bgithub_pat_\w{30,}`),
	shape("a GitLab token", `\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas)-[\w.-]{18,}`),
	shape("a Slack token", `\b(?:xox[abeoprs]|xapp)-[\w-]{10,}`, `hooks\.slack\.com/(?:services|workflows)/[\w/]{20,}`),
	shape("a Stripe key", `\b[rs]k_(?:live|test|prod)_[A-Za-z0-9]{16,}`, `\bwhsec_[A-Za-z0-9+/]{16,}`),
	shape("a key of an AI's provider", `\bsk-(?:(?:ant|proj|svcacct|or|admin)[\w-]*-)?[A-Za-z0-9_-]{20,}`,
		`\b(?:hf_|gsk_|r8_|pplx-|xai-)[A-Za-z0-9]{30,}`),
	shape("a Google key", `\bAIza[\w-]{35}`, `\bya29\.[\w-]{20,}`, `\bGOCSPX-[\w-]{20,}`),
	shape("a token of a package registry", `\bnpm_[A-Za-z0-9]{30,}`, `\bpypi-AgE[\w-]{30,}`,
		`\brubygems_[0-9a-f]{40,}`, `\bdckr_(?:pat|oat)_[\w-]{20,}`, `\bcio[A-Za-z0-9]{32}\b`, `\boy2[a-z0-9]{43}\b`),
	shape("a key of a mail or message service", `\bSG\.[\w-]{16,}\.[\w-]{16,}`, `\bkey-[0-9a-f]{32}\b`,
		`\bSK[0-9a-f]{32}\b`, `\bxkeysib-[0-9a-f]{40,}`, `\b[0-9a-f]{32}-us\d{1,2}\b`, `\b\d{8,10}:AA[\w-]{33}`),
	shape("an address that anybody may write to", `discord(?:app)?\.com/api/webhooks/\d+/[\w-]{30,}`,
		`webhook\.office\.com/webhookb2/[\w@-]{30,}`),
	shape("a Discord token", `\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,}`),
	shape("a token of a host or a platform", `\bdo[opr]_v1_[0-9a-f]{40,}`, `\bhv[sbr]\.[\w-]{20,}`,
		`\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.]{30,}`, `\bglsa_\w{30,}`, `\bglc_[\w+/=]{30,}`, `\bdapi[0-9a-f]{32}`,
		`\bNRAK-[A-Z0-9]{20,}`, `\bsntry[su]_[\w+/=]{20,}`, `\btskey-\w+-[\w-]{10,}`, `\bfo1_[\w-]{30,}`,
		`\bHRKU-[\w-]{30,}`, `\bpscale_(?:tkn|pw|oauth)_[\w-]{20,}`, `\bsbp_[0-9a-f]{30,}`, `\bsb_secret_[\w-]{20,}`,
		`\bATATT3[\w=-]{50,}`, `\bATBB[\w=-]{20,}`, `\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}`, `\blin_api_\w{30,}`,
		`\b(?:ntn|secret)_[A-Za-z0-9]{40,}`, `\bphx_\w{30,}`, `\b[\w-]{14}\.atlasv1\.[\w=-]{50,}`,
		`\bsq0[a-z]{3}-[\w-]{22,}`, `\bEAA[A-Za-z0-9]{80,}`, `\bpul-[0-9a-f]{40}`, `\bfigd_[\w-]{30,}`,
		`\bPMAK-[0-9a-f-]{50,}`, `\bAKCp\w{60,}`),
	shape("an Azure key", `\b(?:Account|SharedAccess|Shared)Key=[A-Za-z0-9+/=]{30,}`, `[?&]sig=[A-Za-z0-9%+/]{30,}`),
	shape("a signed token", `\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.([\w-]{16,})`),
	shape("a refresh token", `\brt1\.([\w.-]{30,})`),
}
