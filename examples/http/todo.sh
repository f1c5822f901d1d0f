#!/usr/bin/env bash
# A weekly meeting over HTTP: created, done, there again a week later, and undone.
#
#   bash examples/http/todo.sh [http://127.0.0.1:8636]      of a server that runs
set -euo pipefail
url=${1:-http://127.0.0.1:8636}

ask() { curl -sS --fail-with-body --header 'Content-Type: application/json' "$@"; }
answered() { ask --output /dev/null --write-out "%header{$1}" "${@:2}"; }
list() { ask --get "$url/v1/tasks" --data-urlencode 'q=#work is:open' --data sort=due && echo; }

meeting=$url$(answered location "$url/v1/tasks" --data '{
  "title": "Weekly meeting", "tags": ["work"], "priority": "high",
  "due": "2026-10-19T09:00:00[Europe/Paris]", "recurrence": {"rules": ["FREQ=WEEKLY"]}}')

version=$(answered etag --request POST "$meeting/complete") # of the task: its last journal entry
list                                                        # the next week, still at nine

ask --output /dev/null --request POST "$url/v1/journal/${version//\"/}/undo"
list                                                        # as it was
