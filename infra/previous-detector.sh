#!/usr/bin/env bash
# previous-detector.sh COMMIT: builds the detector of an earlier commit of this repository under artifacts/, once, and prints its program.
set -euo pipefail
. "$(dirname "$0")/lib.sh"

folder="$root/artifacts/previous/${1:?a commit is needed}"
program="$folder/services/Detector/bin/Release/net10.0/Tidewatch.Detector"
if [ ! -x "$program" ]; then
  git -C "$root" rev-parse -q --verify "$1^{commit}" >/dev/null 2>&1 || die "no commit $1 here: this is no clone of the repository, or one without its history"
  rm -rf "$folder"; mkdir -p "$folder"
  git -C "$root" archive "$1" | tar -xC "$folder"
  dotnet build "$folder/services/Detector" -c Release -v q -p:RunAnalyzers=false -nodeReuse:false -clp:NoSummary >&2
fi
say "$program"
