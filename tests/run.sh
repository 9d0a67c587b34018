#!/usr/bin/env bash
# Runs every test: installs what is missing, builds with AddressSanitizer and UndefinedBehaviorSanitizer into
# build-tests/, runs the unit tests and then the tests against real servers on loopback.
#
#   tests/run.sh                    everything
#   CPR_BUILD=DIR tests/run.sh      in another build directory
#
# A corpus of real mail in ../shared/corpus, where it exists, is judged too. The last line is "N passed, N failed,
# N skipped" over both; the exit code is 0 only when nothing failed.
set -euo pipefail
cd "$(dirname "$0")/.."
source=$PWD
build=${CPR_BUILD:-$source/build-tests}

bash tests/prepare.sh build tests

if [ -d ../shared/corpus ]; then
    CPR_CORPUS=$(cd ../shared/corpus && pwd)
    export CPR_CORPUS
    echo "== A corpus of real mail was found in ../shared/corpus."
else
    unset CPR_CORPUS
    echo "== SKIPPED: there is no corpus of real mail in ../shared/corpus; the tests that judge real mail do not run."
fi

echo "== Building with sanitizers into $build"
mkdir -p "$build"
cmake -S . -B "$build" -G Ninja -DCPR_SANITIZE=ON -DCPR_WERROR=ON -DCPR_TESTS=ON >"$build/configure.log" ||
    { cat "$build/configure.log"; exit 1; }
cmake --build "$build" --parallel "$(nproc)" >"$build/build.log" 2>&1 || { tail -n 60 "$build/build.log"; exit 1; }

export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_leaks=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export CPR_BUILD=$build

echo "== Unit tests"
unit=$build/unit.xml
system=$build/system.xml
rm -f "$unit" "$system"
status=0
(cd "$build" && ctest --parallel "$(nproc)" --output-on-failure --no-tests=error --timeout 300 \
    --output-junit "$unit") || status=1

echo "== System tests: a private Dovecot, a private SMTP server, the real programs"
/usr/bin/python3 -m pytest -q -rs -p no:cacheprovider --junit-xml="$system" tests/system || status=1

/usr/bin/python3 - "$status" "$unit" "$system" <<'PYTHON'
import sys
import xml.etree.ElementTree as tree

status, reports = int(sys.argv[1]), sys.argv[2:]
passed = failed = skipped = 0
for report in reports:
    try:
        suites = tree.parse(report).getroot()
    except (OSError, tree.ParseError):
        print(f"{report}: no result was written")
        failed += 1
        continue
    for suite in [suites] if suites.tag == "testsuite" else suites.iter("testsuite"):
        count = {key: int(suite.get(key) or 0) for key in ("tests", "failures", "errors", "skipped", "disabled")}
        bad, passed_over = count["failures"] + count["errors"], count["skipped"] + count["disabled"]
        failed, skipped = failed + bad, skipped + passed_over
        passed += count["tests"] - bad - passed_over
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if status or failed or not passed else 0)
PYTHON
