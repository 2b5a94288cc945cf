#!/bin/sh
# Boots the guest, and boots it again whenever it asks for a reboot. It runs in
# a mount namespace of its own, so all that it mounts goes when it ends, however
# it ends.
#
#   boot.sh MACHINE FOLDER IMAGE
set -eu
machine=$1 folder=$2 image=$3

# The guest's systemd manages a part of the control groups that is its own.
for group in $(findmnt -nr -t cgroup2 -o TARGET) $(findmnt -nr -t cgroup -O name=systemd -o TARGET); do
  mkdir -p "$group/$machine"
  echo $$ >"$group/$machine/cgroup.procs"
done

# What nspawn keeps here, it shares with other guests of the host otherwise.
mkdir -p /run/systemd/nspawn
mount -t tmpfs tmpfs /run/systemd/nspawn

# The root volume: the image, with what the guest has changed above it.
mkdir -p "$folder/root-volume" "$folder/root"
mount -o loop "$folder/root.img" "$folder/root-volume"
mkdir -p "$folder/root-volume/upper" "$folder/root-volume/work"
mount -t overlay -o "lowerdir=$image,upperdir=$folder/root-volume/upper,workdir=$folder/root-volume/work" overlay "$folder/root"

# The data volume is a real block device. Detaching it now means: when nobody
# has it open any more.
data=$(losetup --find --show "$folder/data.img")
exec 9<>"$data"
losetup --detach "$data"

status=133 # the guest asks for a reboot
while [ "$status" = 133 ]; do
  status=0
  systemd-nspawn --quiet --boot --directory="$folder/root" --machine="$machine" --hostname="$machine" \
    --register=no --keep-unit --link-journal=no --resolv-conf=off --timezone=off --console=read-only \
    --network-namespace-path="/run/netns/$machine" --bind-ro="$folder/seed:/var/lib/cloud/seed/nocloud" \
    --bind="$data" --bind="$data:/dev/authbook-data" || status=$?
done
exit "$status"
