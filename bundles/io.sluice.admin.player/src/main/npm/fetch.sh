#!/bin/sh
# Fetches what package-lock.json names into the folder given, with npm. Nothing is fetched when it is there already, and nothing goes over the
# network when npm's cache has it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
into=$1
mkdir -p "$into"
if [ -f "$into/node_modules/hls.js/dist/hls.min.js" ] && cmp -s "$here/package-lock.json" "$into/package-lock.json"; then
    exit 0
fi
command -v npm >/dev/null || { echo "npm is needed once, to fetch hls.js for the player page: apt-get install npm" >&2; exit 1; }
rm -rf "$into/node_modules"
cp "$here/package.json" "$here/package-lock.json" "$into/"
cd "$into"
npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error
test -f node_modules/hls.js/dist/hls.min.js
