#!/usr/bin/env bash
# How fast mail is judged on one core, from bytes to verdict: ordinary messages a second, beside bogofilter when it is
# installed, and what a megabyte of the worst inputs costs when every list of the configuration is full.
#
#   tests/bench/judge_speed.sh [BUILD-DIRECTORY]      default: build-release, made when it is not there
#   CPR_CORPUS=DIR                                    DIR/ham is measured too
#
# Prints figures and judges nothing. The messages are written by the benchmark itself, always the same.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${1:-build-release}
bash tests/prepare.sh build bench
mkdir -p "$build"
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DCPR_TESTS=ON >"$build/configure.log" || { cat "$build/configure.log"; exit 69; }
cmake --build "$build" --target judge_speed >"$build/build.log" 2>&1 || { tail -n 40 "$build/build.log"; exit 69; }
exec python3 tests/bench/judge_speed.py "$build/tests/judge_speed"
