#!/usr/bin/env bash
# The first audit of a large mailbox, beside mbsync (package isync) pulling the same mailbox.
#
#   tests/bench/bench.sh [BUILD-DIRECTORY [MESSAGES]]      default: build, 20000
#
# Prints ratios and peaks of memory; judges nothing. Build without sanitizers: cmake --build build --target bench
set -euo pipefail
cd "$(dirname "$0")/../.."
bash tests/prepare.sh bench
build=$(realpath "${1:-build}")
if [ ! -x "$build/cpr-auditd" ]; then
    echo "bench.sh: there is no $build/cpr-auditd; build it first" >&2
    exit 66
fi
CPR_BUILD=$build exec /usr/bin/python3 tests/bench/first_audit.py "${2:-20000}"
