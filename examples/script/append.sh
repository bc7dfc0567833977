#!/usr/bin/env bash
# Adds a line to a spec over HTTP, whoever is typing in it: append.sh http://127.0.0.1:3000 <projectId> <token> "- A line."
set -euo pipefail
server="$1" project="$2" token="$3" line="$4"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

for _ in 1 2 3; do
  curl -fsS "$server/api/projects/$project/spec" -H "Authorization: Bearer $token" -H 'Accept: text/markdown' -D "$work/head" -o "$work/spec.md"
  etag="$(tr -d '\r' <"$work/head" | sed -n 's/^etag: //Ip')"
  printf '%s\n' "$line" >>"$work/spec.md"
  # With the ETag the server merges this with what others wrote meanwhile.
  status="$(curl -sS -o "$work/answer" -w '%{http_code}' -X PUT "$server/api/projects/$project/spec" -H "Authorization: Bearer $token" \
    -H 'Content-Type: text/markdown' -H "If-Match: $etag" --data-binary @"$work/spec.md")"
  if [ "$status" = 200 ]; then echo saved; exit 0; fi
  # 412: the server no longer holds the text this began from. Read it again.
  if [ "$status" != 412 ]; then cat "$work/answer" >&2; exit 1; fi
done
echo 'others were faster three times' >&2
exit 1
