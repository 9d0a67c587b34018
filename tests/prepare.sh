#!/usr/bin/env bash
# Installs what is missing to build and to try cpr-auditd on Debian 12 or newer; changes nothing else.
#
#   tests/prepare.sh GROUP ...      groups: build demo tests bench
#
# Installed packages start no service, and no mail server that you have is replaced by another.
# Exit 0: all is there. 69: something is missing that cannot be installed here; the last lines say what.
set -euo pipefail

build=(cmake make ninja-build gcc libc6-dev pkg-config libetpan-dev libcurl4-gnutls-dev libsqlite3-dev libinih-dev
    libgnutls28-dev libseccomp-dev libgmime-3.0-dev libjansson-dev libsystemd-dev libunistring-dev)
demo=(dovecot-imapd openssl python3 python3-aiosmtpd)
tests=("${demo[@]}" libcmocka-dev python3-pytest procps systemd mandoc)
bench=(dovecot-imapd openssl python3 isync bogofilter libcmocka-dev)

needed=()
wants_mail_server=no
for group in "${@:-build}"; do
    case $group in
    build) needed+=("${build[@]}") ;;
    demo) needed+=("${demo[@]}") ;;
    tests) needed+=("${tests[@]}"); wants_mail_server=yes ;;
    bench) needed+=("${bench[@]}") ;;
    *) echo "prepare.sh: no group '$group'; there are: build demo tests bench" >&2; exit 64 ;;
    esac
done

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    cat >&2 <<'TEXT'
This is not a Debian system, so nothing was installed. cpr-auditd needs: CMake 3.25, Ninja, a C17 compiler, pkg-config
and the development files of libetpan, libcurl 7.85 (GnuTLS flavour), SQLite 3.37, inih, GnuTLS 3.7, libseccomp, GMime
3.0, Jansson, libsystemd and libunistring; the demo and the tests also Dovecot, Exim, openssl, cmocka, Python 3 with
pytest and aiosmtpd. Where these are installed, build with: cmake -S . -B build && cmake --build build
TEXT
    exit 69
fi

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in "${needed[@]}"; do
    is_installed "$package" || missing+=("$package")
done
# A machine has one mail server. Exim is added only where there is none: the tests that need it are skipped, and say so,
# where another one is installed.
if [ $wants_mail_server = yes ] && [ ! -x /usr/sbin/exim4 ] && [ ! -x /usr/sbin/sendmail ]; then
    missing+=(exim4-daemon-light)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Please have these packages installed by root, then start again: apt-get install ${missing[*]}" >&2
        exit 69
    fi
    as_root=(sudo)
fi

# The usual way to keep a package from starting its service. One that is already there is the administrator's and stays.
policy=/usr/sbin/policy-rc.d
own_policy=no
if [ ! -e $policy ]; then
    own_policy=yes
    trap '"${as_root[@]}" rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
    "${as_root[@]}" chmod 755 $policy
fi

log=$(mktemp)
failed() {
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "prepare.sh: $1 failed; the lines above say why. Needed: ${missing[*]}" >&2
    exit 69
}
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
echo "Installing ${#missing[@]} packages: ${missing[*]}"
if [ -z "$(apt-cache policy libetpan-dev 2>/dev/null | grep 'Candidate: [0-9]')" ]; then
    "${apt[@]}" update >"$log" 2>&1 || failed "apt-get update"
fi
install=("${apt[@]}" install --no-install-recommends "${missing[@]}")
# A list of packages that has become old names files that are gone: once more with a new list.
"${install[@]}" >"$log" 2>&1 || { "${apt[@]}" update >"$log" 2>&1 && "${install[@]}" >>"$log" 2>&1; } ||
    failed "apt-get install"
rm -f "$log"
[ $own_policy = no ] || "${as_root[@]}" rm -f $policy
