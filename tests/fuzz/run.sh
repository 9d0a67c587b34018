#!/usr/bin/env bash
# Fuzzes every target of tests/fuzz for a while.
#
#   tests/fuzz/run.sh [SECONDS]     a target, 60 by default; tests/fuzz/run.sh 10 is the short form
#   CPR_BUILD=DIR                   build there instead of in build-fuzz/
#   CPR_ETPAN_SOURCE=DIR            the directory src of libetpan's source, of the version that is installed: its IMAP
#                                   parser is then built with sanitizers too
#
# Seeds are tests/fuzz/TARGET/, or the samples of mail; the dictionary is tests/fuzz/TARGET.dict. What is learnt stays
# in BUILD/corpus, inputs that failed in BUILD/findings: all of them are replayed first. Prints a line a target; the
# exit code is 1 when an input failed, 64 or 69 when nothing could be run.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
build=${CPR_BUILD:-$PWD/build-fuzz}

[[ $seconds =~ ^[1-9][0-9]*$ ]] || { echo "usage: tests/fuzz/run.sh [SECONDS]" >&2; exit 64; }
command -v clang >/dev/null || { echo "run.sh: fuzzing needs clang: apt-get install clang" >&2; exit 69; }
bash tests/prepare.sh build tests

mkdir -p "$build"
echo "== Building the fuzzers into $build"
cmake -S . -B "$build" -G Ninja -DCMAKE_C_COMPILER=clang -DCPR_FUZZ=ON -DCPR_SANITIZE=ON \
    -DCPR_ETPAN_SOURCE="${CPR_ETPAN_SOURCE:-}" >"$build/configure.log" 2>&1 || { cat "$build/configure.log"; exit 69; }
cmake --build "$build" --target fuzzers >"$build/build.log" 2>&1 || { tail -n 60 "$build/build.log"; exit 69; }
[ -n "${CPR_ETPAN_SOURCE:-}" ] || echo "== libetpan is the installed one, without sanitizers: see CPR_ETPAN_SOURCE."

export ASAN_OPTIONS=${ASAN_OPTIONS:-strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
status=0
for source in tests/fuzz/*.c; do
    name=$(basename "$source" .c)
    corpus=$build/corpus/$name findings=$build/findings/$name log=$build/$name.log
    mkdir -p "$corpus" "$findings"
    options=(-timeout=25 -rss_limit_mb=2048 -print_final_stats=1 "-artifact_prefix=$findings/")
    seeds=()
    if [ -d "tests/fuzz/$name" ]; then
        seeds=("tests/fuzz/$name")
    elif [[ $name == judge_* || $name == message_* ]]; then
        seeds=(tests/samples/*/)
    fi
    [ ! -f "tests/fuzz/$name.dict" ] || options+=("-dict=tests/fuzz/$name.dict")

    again=0
    for finding in "$findings"/*; do
        [ -e "$finding" ] || continue
        "$build/fuzz/$name" -timeout=25 -rss_limit_mb=2048 "$finding" >"$log" 2>&1 || { again=$((again + 1)); status=1; }
    done
    result="no finding"
    [ $again -eq 0 ] || result="$again known inputs still fail: $findings"
    if ! "$build/fuzz/$name" "${options[@]}" "-max_total_time=$seconds" "$corpus" "${seeds[@]}" >"$log" 2>&1; then
        status=1
        result="FAILED, see $log and $findings"
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    edges=$(grep -o ' cov: [0-9]*' "$log" | tail -n 1 | tr -dc 0-9)
    printf '%-20s %9s runs, %5s edges, %s\n' "$name" "${runs:-?}" "${edges:-?}" "$result"
done
exit $status
