#!/usr/bin/env bash
# Builds the solution once and runs every test project, one after the other: they share ports, memory and two cores.
# The last line is `N passed, N failed, N skipped`; exit code 1 on a failed test, a runner that crashed or one that found no tests.
# The failed tests stand again above it, for whoever sees only the end of a log.
#   ONLY="Kafka.Tests Storage.Tests"   runs these projects alone      TEST_TIMEOUT=900   seconds that one project may take
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
need_dotnet
"$root/infra/setup.sh" install
folder="$(servers_folder)"; export SERVERS="${folder:-${SERVERS:-}}"

say "building Tidewatch.slnx"
build_log="$(mktemp)"; results="$(mktemp -d)"; trap 'rm -rf "$build_log" "$results"' EXIT
if ! dotnet build Tidewatch.slnx -v q -nodeReuse:false -clp:NoSummary >"$build_log" 2>&1; then
  sort -u "$build_log" | grep -E 'error|Error' | head -n 50 >&2 || tail -n 50 "$build_log" >&2
  say "the build failed"
  say "0 passed, 1 failed, 0 skipped"
  exit 1
fi
say "built in ${SECONDS} s"

count() { sed -n "s/.*<assembly [^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }
projects() { # test executables: the projects that reference the xunit runner and have a source
  grep -lE 'PackageReference Include="xunit\.v3"' tests/*/*.csproj | while read -r file; do
    [ -n "$(find "$(dirname "$file")" -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' -print -quit)" ] && basename "$(dirname "$file")"
  done
}

passed=0 failed=0 skipped=0 broken=() red=()
for project in ${ONLY:-$(projects)}; do
  exe="tests/$project/bin/Debug/net10.0/Tidewatch.$project"; xml="$results/$project.xml"; log="$results/$project.log"; began=$SECONDS
  [ -x "$exe" ] || { broken+=("$project: no executable at $exe"); continue; }
  status=0
  timeout --kill-after=20 "${TEST_TIMEOUT:-900}" "$exe" -noLogo -noColor -result-xml "$xml" >"$log" 2>&1 </dev/null || status=$?
  p="$(count "$xml" passed 2>/dev/null || true)"; f="$(count "$xml" failed 2>/dev/null || true)"; s="$(count "$xml" skipped 2>/dev/null || true)"; e="$(count "$xml" errors 2>/dev/null || true)"
  if [ -z "$p" ]; then
    broken+=("$project: the runner ended with code $status and left no result$([ "$status" != 124 ] || echo " (over ${TEST_TIMEOUT:-900} s)")"); tail -n 40 "$log" >&2; continue
  fi
  passed=$((passed + p)); failed=$((failed + f + e)); skipped=$((skipped + s))
  printf '%-24s %4d passed %3d failed %3d skipped %4d s\n' "$project" "$p" "$((f + e))" "$s" "$((SECONDS - began))"
  [ "$s" = 0 ] || grep -A1 -F '[SKIP]' "$log" | grep -v '^--' | sed 's/^ */    /' || true
  if [ "$((f + e))" != 0 ]; then
    grep -vE '^ +Discover|^ +Starting|^ +Finished' "$log"
    while IFS= read -r line; do red+=("$line"); done < <(grep -A3 -F '[FAIL]' "$log" | grep -v '^--' | sed 's/^ */    /')
  fi
  if [ "$status" != 0 ] && [ "$((f + e))" = 0 ]; then broken+=("$project: every test passed, but the runner ended with code $status"); tail -n 40 "$log" >&2; fi
  if [ "$((p + f + s))" = 0 ]; then broken+=("$project: no tests found"); fi
done

for line in "${broken[@]:-}"; do [ -z "$line" ] || { say "$line"; failed=$((failed + 1)); }; done
if [ "${#red[@]}" != 0 ]; then printf '%s\n' "failed:" "${red[@]}"; fi
say "all of it in $SECONDS s"
say "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
