// Package aws holds the CloudFormation template of the instance, and reads from
// it what the instance gets to do at its first boot.
package aws

import (
	_ "embed"
	"errors"

	"go.yaml.in/yaml/v3"
)

//go:embed stack.yaml
var stack []byte

// UserData returns the cloud-config of the template's instance. It depends on
// no parameter, so the stand-in boots from the same text.
func UserData() ([]byte, error) {
	var template struct {
		Resources struct {
			Instance struct {
				Properties struct {
					UserData string `yaml:"UserData"`
				} `yaml:"Properties"`
			} `yaml:"Instance"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal(stack, &template); err != nil {
		return nil, err
	}
	text := template.Resources.Instance.Properties.UserData
	if text == "" {
		return nil, errors.New("stack.yaml has no user-data")
	}
	return []byte(text), nil
}
