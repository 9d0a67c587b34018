#!/usr/bin/env bash
# Random histories of the whole engine (tests/unit/engine/history.h) by the hundred thousand, on all processors: no order
# of arrival, no forged header, no step of any clock, no crash makes a deadline later, an alert late, or closes a leg.
#
#   tests/sweep/histories.sh [COUNT [SEED]]     default: 100000, from a seed of the hour; half an hour on two processors
#   CPR_BUILD=DIR                               another build directory than build-release, made when it is not there
#
# Each process writes how far it is into a log of its own, named below. The last line is the sum. Exit 0: every promise was kept. 1: one was broken; the seed that breaks it is printed, and
# CPR_SEED=... CPR_HISTORIES=1 CPR_TALE=1 DIR/tests/engine_test_histories tells that history step by step.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-100000}
seed=${2:-$(date +%s)00000}
build=${CPR_BUILD:-build-release}
case $count$seed in *[!0-9]*) echo "histories.sh: COUNT and SEED are numbers" >&2; exit 64 ;; esac

bash tests/prepare.sh build
mkdir -p "$build"
cmake -S . -B "$build" -DCMAKE_BUILD_TYPE=Release -DCPR_TESTS=ON >"$build/configure.log" || { cat "$build/configure.log"; exit 69; }
cmake --build "$build" --target engine_test_histories >"$build/build.log" 2>&1 || { tail -n 40 "$build/build.log"; exit 69; }

jobs=$(nproc)
share=$(((count + jobs - 1) / jobs))
logs=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; rm -rf "$logs"' EXIT
trap 'exit 130' INT TERM
echo "$count histories from seed $seed, $share in each of $jobs processes; $logs/*"
begun=$(date +%s)
for ((i = 0; i < jobs; i++)); do
    CPR_SEED=$((seed + i * share)) CPR_HISTORIES=$share nice "$build/tests/engine_test_histories" >"$logs/$i" 2>&1 &
    pids+=($!)
done
status=0
for pid in "${pids[@]}"; do
    wait "$pid" || status=1
done
pids=()
[ $status = 0 ] || grep -hv '^\[ *\(=\|RUN\|PASSED\)' "$logs"/*
grep -h ' histories, ' "$logs"/* || true
if [ $status = 0 ]; then
    echo "$((share * jobs)) histories kept every promise, in $(($(date +%s) - begun)) s"
else
    echo "A promise was broken; the lines above say which and by what seed."
fi
exit $status
