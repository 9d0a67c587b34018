#!/usr/bin/env bash
# Shows what cpr-auditd does, on a mailbox of its own that is gone afterwards.
#
#   tests/demo.sh
#
# Installs what is missing, builds, starts a private Dovecot and a mail server for alerts on loopback, fills the
# mailbox with sample mail (tests/demo/mails), runs the daemon and tells what happened. Every claim is checked against
# the servers while it is told: the exit code is 0 only when all of them are true. Nothing is left running, nothing
# outside build/ and a directory under /tmp is written.
set -euo pipefail
cd "$(dirname "$0")/.."

bash tests/prepare.sh build demo

echo "Building into build/ ..."
mkdir -p build
cmake -S . -B build -G Ninja -DCPR_TESTS=OFF -DCMAKE_BUILD_TYPE=RelWithDebInfo >build/configure.log 2>&1 ||
    { cat build/configure.log; exit 1; }
cmake --build build --parallel "$(nproc)" --target cpr-auditd cpr-audit >build/build.log 2>&1 ||
    { tail -n 40 build/build.log; exit 1; }

CPR_BUILD=$PWD/build exec /usr/bin/python3 tests/demo/story.py
