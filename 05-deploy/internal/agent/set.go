package agent

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	deploy "example.com/authbook/05-deploy"
)

// set keeps a setting, whose value comes from ship, and switches to a process that
// has it. The value is on no command line, where others could read it.
func (m *machine) set(ctx context.Context, name string) error {
	line, err := m.in.ReadString('\n')
	if err != nil {
		return errors.New("the value did not arrive whole")
	}
	value := strings.TrimSuffix(line, "\n")
	if err := CheckSetting(name, value); err != nil {
		return err
	}
	if name == "AUTH_SECRET" { // not in the environment
		wanted, err := m.newSecret(value)
		if err != nil {
			return err
		}
		return m.reconfigure(ctx, name, wanted)
	}
	text, err := m.operatorText().with(name, value)
	if err != nil {
		return fmt.Errorf("%s: %w", m.path(operatorFile), err)
	}
	return m.reconfigure(ctx, name, files{m.path(operatorFile): []byte(text)})
}

// newSecret changes the secret. One that is AUTH_SECRET_PREVIOUS already takes turns
// with it, since that is the second step of a rotation: both at once, or tokens of
// one of them are refused in between.
func (m *machine) newSecret(value string) (files, error) {
	wanted := files{m.path(secretFile): []byte(value + "\n")}
	if m.chosen("AUTH_SECRET_PREVIOUS") != value {
		return wanted, nil
	}
	old, err := os.ReadFile(m.path(secretFile))
	if err != nil {
		return nil, err
	}
	text, err := m.operatorText().with("AUTH_SECRET_PREVIOUS", strings.TrimSpace(string(old)))
	wanted[m.path(operatorFile)] = []byte(text)
	return wanted, err
}

// unset removes a setting of the operator's.
func (m *machine) unset(ctx context.Context, name string) error {
	if name == "AUTH_SECRET" {
		return errors.New("the server needs AUTH_SECRET; set another one instead")
	}
	if _, ok := m.operatorText().settings()[name]; !ok {
		return fmt.Errorf("%s is not set in %s", name, m.path(operatorFile))
	}
	text, err := m.operatorText().without(name)
	if err != nil {
		return fmt.Errorf("%s: %w", m.path(operatorFile), err)
	}
	return m.reconfigure(ctx, "", files{m.path(operatorFile): []byte(text)})
}

// reconfigure switches from the release that serves to the same one with other
// settings. name is the variable that the release must know, "" for none.
func (m *machine) reconfigure(ctx context.Context, name string, wanted files) (err error) {
	m.version = m.layout.In(m.layout.Current())
	if m.version == "" {
		return errNothingShipped
	}
	if m.before, err = readFiles(maps.Keys(wanted)); err != nil {
		return err
	}
	m.setting, m.wanted = name, wanted
	return m.change(ctx, m.switchSteps(m.version, nil)) // the same release migrates nothing
}

// keepStep keeps the settings that were found good; without any it is no step.
func (m *machine) keepStep() deploy.Step {
	if m.wanted == nil {
		return deploy.Step{}
	}
	return deploy.Step{
		Name: "keep the settings",
		Do:   func(context.Context) error { return m.wanted.write() },
		Undo: func(context.Context) error { return m.before.write() },
	}
}

// checkRelease asks a release whether it could start with the settings, before
// anything has changed.
func (m *machine) checkRelease(ctx context.Context, version string) error {
	dir, err := os.MkdirTemp(m.path("etc/authbook"), ".check-*") // mode 0700
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	from, err := m.copySettings(dir)
	if err != nil {
		return err
	}
	args := slices.DeleteFunc([]string{"check-config", m.setting}, func(arg string) bool { return arg == "" })
	program := m.path("opt/authbook/releases/" + version + "/" + deploy.Binary)
	err = m.finish(ctx, m.asService(ctx, from, program, args...), m.out)
	if err == nil || !strings.Contains(err.Error(), `unknown command "check-config"`) {
		return err
	}
	if m.wanted != nil {
		return errors.New("the release that serves can't check settings; ship a newer one first")
	}
	m.say("  WARNING: unchecked: %s can't say whether it could start with today's settings and database", version)
	return nil
}

// copySettings writes the settings that the next process will have into a folder.
func (m *machine) copySettings(dir string) (sources, error) {
	secret := m.path(secretFile)
	text, wanted := m.wanted[secret]
	if !wanted {
		var err error
		if text, err = os.ReadFile(secret); err != nil {
			return sources{}, err
		}
	}
	to := sources{filepath.Join(dir, "slot"), filepath.Join(dir, "operator"), filepath.Join(dir, "secret")}
	for path, text := range map[string][]byte{
		to.slot: m.slotSettings(m.layout.Current()), to.operator: []byte(m.operatorText()), to.secret: text,
	} {
		if err := writeFile(path, text, 0o600); err != nil {
			return sources{}, err
		}
	}
	return to, nil
}

// config prints the settings. The operator's own come after those of ship, as they
// count.
func (m *machine) config() error {
	slot := m.layout.Current()
	if slot == "" {
		return errNothingShipped
	}
	values := envText(m.readSettings(slot)).settings()
	maps.Copy(values, m.operatorText().settings())
	values["AUTH_SECRET"] = "" // it is no setting, but a credential
	for _, name := range slices.Sorted(maps.Keys(values)) {
		shown := values[name]
		if IsSecret(name) {
			shown = "(set, and not shown)"
		}
		m.say("%-22s %s", name, shown)
	}
	return nil
}
