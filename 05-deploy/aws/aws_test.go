package aws

import (
	"html"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// at returns what stands in the template under a path such as
// Resources.Instance.
func at(t *testing.T, path string) any {
	t.Helper()
	var value any
	require.NoError(t, yaml.Unmarshal(stack, &value))
	for name := range strings.SplitSeq(path, ".") {
		node, ok := value.(map[string]any)
		require.Truef(t, ok, "%s: nothing above %s", path, name)
		require.Containsf(t, node, name, "in %s", path)
		value = node[name]
	}
	return value
}

// tcp is a rule that lets one port in.
func tcp(port int, from, description string) map[string]any {
	return map[string]any{
		"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": from, "Description": description,
	}
}

// policy allows the instance one thing, under a condition.
func policy(condition, name string, action any, resource string) map[string]any {
	return map[string]any{"Type": "AWS::IAM::Policy", "Condition": condition, "Properties": map[string]any{
		"PolicyName": name, "Roles": []any{"Role"}, "PolicyDocument": map[string]any{"Version": "2012-10-17",
			"Statement": []any{map[string]any{"Effect": "Allow", "Action": action, "Resource": resource}}}}}
}

var (
	namePattern = regexp.MustCompile(`\$\{([A-Za-z]+)[.}]`)
	usePattern  = regexp.MustCompile(`!(?:Ref|GetAtt) ([A-Za-z]+)(?:[.,\]}\n]|$)`)
	ifPattern   = regexp.MustCompile(`!If \[(\w+)|!If\n +- (\w+)|Condition: (\w+)`)
)

// CloudFormation refuses a template that names what it does not have.
func TestStack_namesWhatItHas(t *testing.T) {
	known := []string{"user", "family", "alias"} // of the template's own functions
	for _, part := range []string{"Parameters", "Resources", "Conditions"} {
		known = slices.AppendSeq(known, maps.Keys(at(t, part).(map[string]any)))
	}
	text, _, _ := strings.Cut(string(stack), "\nOutputs:")
	for _, pattern := range []*regexp.Regexp{namePattern, usePattern, ifPattern} {
		found := pattern.FindAllStringSubmatch(text, -1)
		require.NotEmpty(t, found)
		for _, match := range found {
			assert.Contains(t, known, strings.Join(match[1:], ""))
		}
	}
}

func TestStack(t *testing.T) {
	rows := []struct {
		name, path string
		want       any
	}{
		{"the metadata service answers version 2 alone", "Resources.Instance.Properties.MetadataOptions.HttpTokens",
			"required"},
		{"and nothing behind the instance", "Resources.Instance.Properties.MetadataOptions.HttpPutResponseHopLimit", 1},
		{"the data volume is encrypted", "Resources.DataVolume.Properties.Encrypted", true},
		{"it outlives the stack", "Resources.DataVolume.DeletionPolicy", "Retain"},
		{"and a change that replaces it", "Resources.DataVolume.UpdateReplacePolicy", "Retain"},
		{"the root volume is encrypted", "Resources.Instance.Properties.BlockDeviceMappings", []any{
			map[string]any{"DeviceName": "/dev/xvda",
				"Ebs": map[string]any{"VolumeType": "gp3", "VolumeSize": 8, "Encrypted": true}},
		}},
		{"Graviton is the default", "Parameters.Architecture.Default", "arm64"},
		{"three ports are open, one of them for one address", "Resources.SecurityGroup.Properties.SecurityGroupIngress",
			[]any{tcp(22, "SSHFrom", "SSH"), tcp(80, "0.0.0.0/0", "HTTP"), tcp(443, "0.0.0.0/0", "HTTPS")}},
		{"broken hardware is left", "Resources.Recovery.Properties.AlarmActions", []any{
			"arn:${AWS::Partition}:automate:${AWS::Region}:ec2:recover", []any{"WithMail", "Mail", "AWS::NoValue"}}},
		{"when AWS finds it", "Resources.Recovery.Properties.MetricName", "StatusCheckFailed_System"},
		{"a system that hangs is rebooted", "Resources.Reboot.Properties.AlarmActions", []any{
			"arn:${AWS::Partition}:automate:${AWS::Region}:ec2:reboot", []any{"WithMail", "Mail", "AWS::NoValue"}}},
		{"when it does not answer", "Resources.Reboot.Properties.MetricName", "StatusCheckFailed_Instance"},
		{"the data volume has the tag", "Resources.DataVolume.Properties.Tags", []any{
			map[string]any{"Key": "Name", "Value": "${AWS::StackName} data"},
			map[string]any{"Key": "authbook-snapshots", "Value": "AWS::StackName"}}},
		{"that snapshots are made by", "Resources.Snapshots.Properties.PolicyDetails.TargetTags", []any{
			map[string]any{"Key": "authbook-snapshots", "Value": "AWS::StackName"}}},
		{"each day, and some are kept", "Resources.Snapshots.Properties.PolicyDetails.Schedules", []any{map[string]any{
			"Name": "daily", "CopyTags": true, "RetainRule": map[string]any{"Count": "KeepSnapshots"},
			"CreateRule": map[string]any{"Interval": 24, "IntervalUnit": "HOURS", "Times": []any{"04:00"}}}}},
		{"the instance may add backups to a bucket, where one is named", "Resources.MayBackUp",
			policy("WithBucket", "backups", "s3:PutObject", "arn:${AWS::Partition}:s3:::${BackupBucket}/${AWS::StackName}/*")},
		{"and lines to a copy of the audit log, where one is kept", "Resources.MayCopyTheAuditLog",
			policy("WithCopies", "audit-log", []any{"logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"},
				"AuditLog.Arn")},
		{"no bucket is wanted by default", "Parameters.BackupBucket.Default", ""},
		{"nor a copy of the audit log", "Parameters.AuditLogDays.Default", 0},
		{"which outlives the stack", "Resources.AuditLog.DeletionPolicy", "Retain"},
		{"that is one address", "Parameters.SSHFrom.AllowedPattern", `^([0-9]{1,3}\.){3}[0-9]{1,3}/32$`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, at(t, row.path))
		})
	}
}

func TestUserData(t *testing.T) {
	text, err := UserData()
	require.NoError(t, err)
	assert.Less(t, len(text), 16<<10, "EC2 takes at most 16 KiB")
	assert.Truef(t, strings.HasPrefix(string(text), "#cloud-config\n"), "cloud-init would ignore it: %.40q", text)
	var config map[string]any
	require.NoError(t, yaml.Unmarshal(text, &config))
	assert.Contains(t, config, "write_files")
	assert.Contains(t, string(text), `APT::Periodic::Unattended-Upgrade "1";`, "Debian's security updates")
	assert.Contains(t, string(text), "upgrade_type = security", "those of Amazon Linux")
}

// need skips a test where programs are missing, and says so.
func need(t *testing.T, programs ...string) {
	t.Helper()
	if os.Getenv("AUTHBOOK_TEST_INSTANCE") == "" {
		t.Skip("it takes long; .ci/instance runs it")
	}
	for _, program := range programs {
		// Asked, not only looked up: a version manager's stand-in may be there
		// without the program.
		if exec.Command(program, "--help").Run() != nil && exec.Command(program, "help").Run() != nil {
			t.Skipf("NOT SHOWN: %s is not here; get it with: pip install cfn-lint 'moto[server]'", program)
		}
	}
}

func TestStack_passesCfnLint(t *testing.T) {
	need(t, "cfn-lint")
	output, err := exec.CommandContext(t.Context(), "cfn-lint", "--include-checks", "I",
		"--template", "stack.yaml").CombinedOutput()
	require.NoErrorf(t, err, "%s", output)
	assert.Empty(t, string(output))
}

// moto plays AWS. It does evaluate the functions of a template and make its
// resources; it looks up no image by its alias, applies no MetadataOptions, and
// boots nothing.
func TestStack_makesItsResourcesOnMoto(t *testing.T) {
	need(t, "moto_server")
	ask := startMoto(t)
	ask("ec2", "2016-11-15", "CreateKeyPair", "KeyName", "mine")
	rows := []struct{ system, architecture, image, instanceType, user string }{
		{"amazon-linux", "arm64", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64", "t4g.micro",
			"ec2-user"},
		{"amazon-linux", "amd64", "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64", "t3.micro",
			"ec2-user"},
		{"debian", "arm64", "/aws/service/debian/release/12/latest/arm64", "t4g.micro", "admin"},
		{"debian", "amd64", "/aws/service/debian/release/12/latest/amd64", "t3.micro", "admin"},
	}
	for _, row := range rows {
		name := row.system + "-" + row.architecture
		t.Run(name, func(t *testing.T) {
			ask("cloudformation", "2010-05-15", "CreateStack", "StackName", name, "TemplateBody", string(stack),
				"Capabilities.member.1", "CAPABILITY_IAM",
				"Parameters.member.1.ParameterKey", "KeyName", "Parameters.member.1.ParameterValue", "mine",
				"Parameters.member.2.ParameterKey", "SSHFrom", "Parameters.member.2.ParameterValue", "203.0.113.7/32",
				"Parameters.member.3.ParameterKey", "System", "Parameters.member.3.ParameterValue", row.system,
				"Parameters.member.4.ParameterKey", "Architecture",
				"Parameters.member.4.ParameterValue", row.architecture)
			made := ask("cloudformation", "2010-05-15", "DescribeStacks", "StackName", name)
			assert.Contains(t, made, "<StackStatus>CREATE_COMPLETE<")
			address, id := output(made, "PublicAddress"), last(output(made, "Session"))
			volume := output(made, "DataVolumeId")
			assert.NotEmpty(t, address)
			assert.Equal(t, "ssh "+row.user+"@"+address, output(made, "SSH"))
			assert.Equal(t, "go run ./05-deploy/ship -fingerprint SHA256:... "+row.user+"@"+address,
				output(made, "Ship"))

			instance := ask("ec2", "2016-11-15", "DescribeInstances", "InstanceId.1", id)
			assert.Contains(t, instance, "<instanceType>"+row.instanceType+"<")
			assert.Contains(t, instance, "<imageId>{{resolve:ssm:"+row.image+"}}<",
				"the alias, as CloudFormation gets it to look up")
			assert.Contains(t, instance, "<volumeId>"+volume+"<", "the data volume is attached")
		})
	}
}

// output is the value of an output in a description of a stack.
func output(description, key string) string {
	_, rest, _ := strings.Cut(description, "<OutputKey>"+key+"</OutputKey>")
	_, rest, _ = strings.Cut(rest, "<OutputValue>")
	value, _, _ := strings.Cut(rest, "</OutputValue>")
	return html.UnescapeString(value)
}

func last(words string) string { return words[strings.LastIndexByte(words, ' ')+1:] }

// startMoto returns a function that asks a moto of the test's own. It wants to
// know the service and does not check the signature.
func startMoto(t *testing.T) (ask func(service, version, action string, pairs ...string) string) {
	t.Helper()
	addr := freeAddr(t)
	_, port, _ := net.SplitHostPort(addr)
	startAt(t, addr, "moto_server", "-H", "127.0.0.1", "-p", port)
	return func(service, version, action string, pairs ...string) string {
		t.Helper()
		form := url.Values{"Version": {version}, "Action": {action}}
		for pair := range slices.Chunk(pairs, 2) {
			form.Set(pair[0], pair[1])
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+addr+"/",
			strings.NewReader(form.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Authorization", "AWS4-HMAC-SHA256 "+
			"Credential=test/20260101/us-east-1/"+service+"/aws4_request, SignedHeaders=host, Signature=none")
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		require.Equalf(t, http.StatusOK, res.StatusCode, "%s: %s", action, body)
		return string(body)
	}
}

// freeAddr is an address on which nobody listens at this moment.
func freeAddr(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// startAt starts a program, and returns once it listens.
func startAt(t *testing.T, addr, program string, args ...string) {
	command := exec.CommandContext(t.Context(), program, args...)
	require.NoError(t, command.Start())
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	require.Eventually(t, func() bool {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}, time.Minute, 100*time.Millisecond, "%s does not start", program)
}
