#!/bin/sh
# `make package-test`: in a Debian root in which nothing of ours was ever installed, the .deb is installed and the whole story is walked with
# it; then once more with the bundle alone. Needs root (debootstrap, chroot) and takes some minutes. Leaves summary.json of both in
# build/package-test. Another mirror or release: MIRROR=… RELEASE=… make package-test.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
out="$here/build/package-test"
root="$out/root"
deb=$(ls "$here"/dist/fieldapp_*.deb)
RELEASE=${RELEASE:-bookworm}
# The mirror that this system has its packages from.
MIRROR=${MIRROR:-$(sed -n 's/^URIs: *\([^ ]*\).*/\1/p; s/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\).*/\2/p' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)}

[ "$(id -u)" = 0 ] || { echo "make package-test needs root: it makes a Debian root to install into." >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "Please install debootstrap." >&2; exit 1; }

leave() {
    for place in proc dev/shm; do umount "$root/$place" 2>/dev/null || true; done
}
trap leave EXIT INT TERM

leave
rm -rf "$out"
mkdir -p "$out"
debootstrap --variant=minbase "$RELEASE" "$root" "$MIRROR" >"$out/debootstrap.log"
# Where this system reaches its mirror in a way of its own, the new root does, too.
for file in /etc/apt/apt.conf.d/*proxy* /etc/apt/sources.list.d/*.sources /etc/apt/sources.list; do
    [ -f "$file" ] && mkdir -p "$root$(dirname "$file")" && cp "$file" "$root$file"
done
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
mkdir -p "$root/dev/shm"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm"
cp "$deb" "$root/tmp/fieldapp.deb"
chroot "$root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends /tmp/fieldapp.deb' >"$out/install.log" 2>&1
chroot "$root" useradd --create-home teacher

walk() { # name, program
    chroot "$root" su teacher -c "cd && LANG=C.UTF-8 $2 --data-dir /home/teacher/$1 demo --headless --output /home/teacher/$1-output"
    cp "$root/home/teacher/$1-output/summary.json" "$out/$1.json"
}
walk installed fieldapp
# The bundle as it is, on the libraries that the package asked for.
chroot "$root" apt-get remove -qq -y fieldapp >/dev/null
cp -r "$here/dist/fieldapp" "$root/opt/fieldapp"
walk bundle /opt/fieldapp/fieldapp
echo "The installed package and the bundle walked the whole story: $out/installed.json, $out/bundle.json"
