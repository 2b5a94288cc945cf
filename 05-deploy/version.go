package deploy

import (
	"net/http"
	"runtime/debug"
)

// Version names the code that is running.
type Version struct {
	Version   string `json:"version"`   // module version, "(devel)" outside a release
	Revision  string `json:"revision"`  // the commit, "unknown" when built outside a repository
	Modified  bool   `json:"modified"`  // the tree had uncommitted changes
	GoVersion string `json:"goVersion"` // such as "go1.26.8"
}

// ReadVersion reads the version that the go command wrote into the binary.
func ReadVersion() Version {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Version{Version: "unknown", Revision: "unknown", GoVersion: "unknown"}
	}
	return versionFrom(info)
}

func versionFrom(info *debug.BuildInfo) Version {
	v := Version{Version: info.Main.Version, Revision: "unknown", GoVersion: info.GoVersion}
	if v.Version == "" {
		v.Version = "(devel)"
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			v.Revision = setting.Value
		case "vcs.modified":
			v.Modified = setting.Value == "true"
		}
	}
	return v
}

// ServeHTTP answers GET /version.
func (v Version) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	_ = writeJSON(w, v) // fails only when the client has gone
}
