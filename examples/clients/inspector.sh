#!/usr/bin/env bash
# Lists and calls the tools of a host with the MCP Inspector's command line, in both eras of MCP.
#
#   XYTE_API_KEY=... ./inspector.sh http://127.0.0.1:8080/mcp     over HTTP, with the key in a header
#   XYTE_API_KEY=... ./inspector.sh -- xyte-mcp stdio             over stdio: the Inspector starts the host
#
# ERAS="legacy auto modern" says which eras; TOOL and TOOL_ARGUMENTS (JSON) call another tool than list_devices.
# Needs Node 22.19 or newer as `node`, and package.json's packages in the current directory or in MODULES.
set -euo pipefail

if [ $# -eq 0 ]; then
  sed -n '2,8s/^# \{0,1\}//p' "$0"
  exit 2
fi

inspector="${MODULES:-node_modules}/@modelcontextprotocol/inspector/clients/launcher/build/index.js"
if [ ! -f "$inspector" ]; then
  echo "the Inspector is not in ${MODULES:-node_modules}; install package.json there with npm" >&2
  exit 1
fi

tool="${TOOL:-list_devices}"
if [ "$tool" = list_devices ]; then
  arguments="${TOOL_ARGUMENTS:-{\"limit\":3\}}"
else
  arguments="${TOOL_ARGUMENTS:-{\}}"
fi

# The Inspector keeps a catalog of servers; this one is thrown away.
catalog="$(mktemp -d)"
trap 'rm -rf "$catalog"' EXIT
export MCP_CATALOG_PATH="$catalog/catalog.json"

if [ "$1" = "--" ]; then
  shift
  target=()
  settings=()
  for name in "${!XYTE_@}"; do
    settings+=(-e "$name=${!name}")
  done
  command=(-- "$@")
else
  target=("$1" --transport http --header "Authorization: Bearer ${XYTE_API_KEY:-none}")
  settings=()
  command=()
fi

ask() {
  node "$inspector" --cli "${target[@]}" "${settings[@]}" --format json "$@" "${command[@]}"
}

for era in ${ERAS:-legacy modern}; do
  echo "== $era: tools/list"
  ask --protocol-era "$era" --method tools/list --strict
  echo "== $era: tools/call"
  ask --protocol-era "$era" --method tools/call --tool-name "$tool" --tool-args-json "$arguments"
done
