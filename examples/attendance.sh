#!/bin/sh
# An attendance list becomes badges, with nothing but curl. Beside a running `npm start`:
#   sh examples/attendance.sh [LIST.csv]
# URL, KEY, ISSUER and BADGE in the environment name another service, key, issuer or badge.
set -eu
examples=$(dirname "$0")
URL=${URL:-http://localhost:3000} ISSUER=${ISSUER:-inae} BADGE=${BADGE:-je-participe}
KEY=${KEY:-$(cat "$examples/../data/operator.key")}
api() { curl -sS --fail-with-body -H "Authorization: Bearer $KEY" "$@"; }
json() { api -H 'Content-Type: application/json' "$@"; }
id() { grep -o '"id":"[^"]*"' | head -n 1 | cut -d '"' -f 4; }

# Once: the issuer and the badge, where there are none yet.
api -o /dev/null "$URL/v1/issuers/$ISSUER" 2>/dev/null ||
  json -o /dev/null "$URL/v1/issuers" -d "{\"slug\": \"$ISSUER\", \"name\": \"INAÉ\", \"url\": \"https://www.example.org\"}"
badge=$(api "$URL/v1/issuers/$ISSUER/badge-classes?slug=$BADGE" | id || true)
if [ -z "$badge" ]; then
  badge=$(sed -e '/"image"/d' -e 's/\],$/]/' "$examples/event/badge.json" | json "$URL/v1/issuers/$ISSUER/badge-classes" -d @- | id)
  api -o /dev/null -X POST "$URL/v1/badge-classes/$badge/publish"
fi

# The list: posted (a dry run), shown, committed, followed to its end, reported.
event='eventName=Journ%C3%A9e%20PEPITES&eventDate=2026-10-15&eventPlace=Bordeaux'
answer=$(api "$URL/v1/badge-classes/$badge/batches?$event" -H 'Content-Type: text/csv' \
  -H "Idempotency-Key: attendance-$(date +%s)-$$" --data-binary "@${1:-$examples/event/attendance.csv}") || { echo "$answer"; exit 1; }
batch=$(echo "$answer" | id); echo "Batch $batch"
api "$URL/v1/batches/$batch" | grep -o '"counts":{[^}]*}'
api "$URL/v1/batches/$batch/rows?state=invalid"; echo
api -o /dev/null -X POST "$URL/v1/batches/$batch/commit"
api -N "$URL/v1/batches/$batch/events" | grep -o '"counts":{[^}]*}'
api "$URL/v1/batches/$batch/report.csv"
