#!/usr/bin/env bash
# Every sample report in every wrapping, judged: prints the table of `cpr-audit evaluate` and what was not found.
#
#   tests/wrappings/run.sh [CORPUS]             CORPUS/cpr holds report texts (*.txt, *.eml) of your own
#   CPR_BUILD=DIR tests/wrappings/run.sh        another build directory than build/
#
# Exit 0 whatever the figures; tests/system/test_wrappings.py is what fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
build=${CPR_BUILD:-build}
if [ ! -x "$build/cpr-audit" ]; then
    echo "run.sh: there is no $build/cpr-audit; build it first" >&2
    exit 66
fi
if [ $# -gt 0 ] && [ ! -d "$1/cpr" ]; then
    echo "run.sh: there is no folder $1/cpr" >&2
    exit 66
fi
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

python3 tests/wrappings/wrap.py --label cpr-samples "$out" tests/samples/cpr
if [ $# -gt 0 ]; then
    python3 tests/wrappings/wrap.py --label cpr-corpus "$out" "$1/cpr"
fi
"$build/cpr-audit" evaluate "$out" >"$out/result"
sed '/^Errors/,$d' "$out/result"
echo "Not found:"
grep '^missed\|^undecidable' "$out/result" | sed "s|$out/||" || echo "(none)"
