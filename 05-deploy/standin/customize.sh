#!/bin/sh
# Makes of a Debian, in the folder $1, what its image for EC2 is.
set -eu
# Each machine makes host keys of its own at its first boot.
rm -f "$1"/etc/ssh/ssh_host_*
# The name server of the machine that made the image is nobody's business here.
rm -f "$1/etc/resolv.conf"
echo "127.0.0.1 localhost" >"$1/etc/hosts"
# There are no locales to choose from.
sed -i '/^ - locale$/d' "$1/etc/cloud/cloud.cfg"
# The image for EC2 names its account admin. There is no metadata service here:
# the seed of cloud-init comes as a folder, and the network is there already.
cat >"$1/etc/cloud/cloud.cfg.d/90_image.cfg" <<'END'
datasource_list: [NoCloud]
network: {config: disabled}
manage_etc_hosts: localhost
system_info:
  default_user:
    name: admin
    gecos: Debian
    lock_passwd: true
    shell: /bin/bash
    sudo: ["ALL=(ALL) NOPASSWD:ALL"]
END
