#!/usr/bin/env bash
# Builds the one-process form in Release and runs it: PORT (default 8080), OUT (folder, default out), DATA (a CSV file to replay, optional).
set -euo pipefail
. "$(dirname "$0")/lib.sh"
cd "$root"
need_dotnet
[ -z "${DATA:-}" ] || [ -f "$DATA" ] || die "DATA=$DATA is not a file"
say "uses: one process with an embedded broker, in-memory state, SQLite and a mail folder; missing: nothing"
log="$(mktemp)"
dotnet build services/Standalone -c Release -v q -nodeReuse:false -clp:NoSummary -p:RunAnalyzers=false >"$log" 2>&1 ||
  { grep -E 'error' "$log" | sort -u >&2 || cat "$log" >&2; rm -f "$log"; die "the build failed"; }
rm -f "$log"
export ASPNETCORE_URLS="http://localhost:${PORT:-8080}" TIDEWATCH_Output__Folder="${OUT:-out}"
[ -z "${DATA:-}" ] || export TIDEWATCH_Generator__Replay__Path="$DATA"
exec services/Standalone/bin/Release/net10.0/Tidewatch.Standalone
