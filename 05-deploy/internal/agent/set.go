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
func (c *change) set(ctx context.Context, name string) error {
	line, err := c.in.ReadString('\n')
	if err != nil {
		return errors.New("the value did not arrive whole")
	}
	value := strings.TrimSuffix(line, "\n")
	if err := CheckSetting(name, value); err != nil {
		return err
	}
	if name == "AUTH_SECRET" { // not in the environment
		wanted, err := c.newSecret(value)
		if err != nil {
			return err
		}
		return c.reconfigure(ctx, name, wanted)
	}
	text, err := c.operatorText().with(name, value)
	if err != nil {
		return fmt.Errorf("%s: %w", c.path(operatorFile), err)
	}
	return c.reconfigure(ctx, name, files{c.path(operatorFile): []byte(text)})
}

// newSecret changes the secret. One that is AUTH_SECRET_PREVIOUS already takes turns
// with it, since that is the second step of a rotation: both at once, or tokens of
// one of them are refused in between.
func (c *change) newSecret(value string) (files, error) {
	wanted := files{c.path(secretFile): []byte(value + "\n")}
	if c.chosen("AUTH_SECRET_PREVIOUS") != value {
		return wanted, nil
	}
	old, err := os.ReadFile(c.path(secretFile))
	if err != nil {
		return nil, err
	}
	text, err := c.operatorText().with("AUTH_SECRET_PREVIOUS", strings.TrimSpace(string(old)))
	wanted[c.path(operatorFile)] = []byte(text)
	return wanted, err
}

// unset removes a setting of the operator's.
func (c *change) unset(ctx context.Context, name string) error {
	if name == "AUTH_SECRET" {
		return errors.New("the server needs AUTH_SECRET; set another one instead")
	}
	if _, ok := c.operatorText().settings()[name]; !ok {
		return fmt.Errorf("%s is not set in %s", name, c.path(operatorFile))
	}
	text, err := c.operatorText().without(name)
	if err != nil {
		return fmt.Errorf("%s: %w", c.path(operatorFile), err)
	}
	return c.reconfigure(ctx, "", files{c.path(operatorFile): []byte(text)})
}

// reconfigure switches from the release that serves to the same one with other
// settings. name is the variable that the release must know, "" for none.
func (c *change) reconfigure(ctx context.Context, name string, wanted files) (err error) {
	c.version = c.layout.In(c.layout.Current())
	if c.version == "" {
		return errNothingShipped
	}
	if c.before, err = readFiles(maps.Keys(wanted)); err != nil {
		return err
	}
	c.setting, c.wanted = name, wanted
	return c.apply(ctx, c.switchSteps(c.version, nil)) // the same release migrates nothing
}

// keepStep keeps the settings that were found good; without any it is no step.
func (c *change) keepStep() deploy.Step {
	if c.wanted == nil {
		return deploy.Step{}
	}
	return deploy.Step{
		Name: "keep the settings",
		Do:   func(context.Context) error { return c.wanted.write() },
		Undo: func(context.Context) error { return c.before.write() },
	}
}

// checkRelease asks a release whether it could start with the settings, before
// anything has changed.
func (c *change) checkRelease(ctx context.Context, version string) error {
	dir, err := os.MkdirTemp(c.path("etc/authbook"), ".check-*") // mode 0700
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	from, err := c.copySettings(dir)
	if err != nil {
		return err
	}
	args := slices.DeleteFunc([]string{"check-config", c.setting}, func(arg string) bool { return arg == "" })
	program := c.path("opt/authbook/releases/" + version + "/" + deploy.Binary)
	err = c.finish(ctx, c.asService(ctx, from, program, args...), c.out)
	if err == nil || !strings.Contains(err.Error(), `unknown command "check-config"`) {
		return err
	}
	if c.wanted != nil {
		return errors.New("the release that serves can't check settings; ship a newer one first")
	}
	c.say("  WARNING: unchecked: %s can't say whether it could start with today's settings and database", version)
	return nil
}

// copySettings writes the settings that the next process will have into a folder.
func (c *change) copySettings(dir string) (sources, error) {
	secret := c.path(secretFile)
	text, wanted := c.wanted[secret]
	if !wanted {
		var err error
		if text, err = os.ReadFile(secret); err != nil {
			return sources{}, err
		}
	}
	to := sources{filepath.Join(dir, "slot"), filepath.Join(dir, "operator"), filepath.Join(dir, "secret")}
	for path, text := range map[string][]byte{
		to.slot: c.slotSettings(c.layout.Current()), to.operator: []byte(c.operatorText()), to.secret: text,
	} {
		if err := writeFile(path, text, 0o600); err != nil {
			return sources{}, err
		}
	}
	return to, nil
}

// config prints the settings. The operator's own come after those of ship, as they
// count.
func (l looker) config() error {
	slot := l.layout.Current()
	if slot == "" {
		return errNothingShipped
	}
	values := envText(l.readSettings(slot)).settings()
	maps.Copy(values, l.operatorText().settings())
	values["AUTH_SECRET"] = "" // it is no setting, but a credential
	for _, name := range slices.Sorted(maps.Keys(values)) {
		shown := values[name]
		if IsSecret(name) {
			shown = "(set, and not shown)"
		}
		l.say("%-22s %s", name, shown)
	}
	return nil
}
