#!/bin/sh
# screen.sh DATABASE DATE [flag]...: screens the table `patients` of a DuckDB database in the current folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
database=$1
day=$2
shift 2
duckdb "$database" < "$here/before.sql"
"${CANDIDACY:-candidacy}" batch patients.csv -o verdicts.csv --id candidacy_row --columns verdict --as-of "$day" \
    --allow-unreadable --summary summary.json --private "$@"
duckdb -bail "$database" < "$here/after.sql"
rm patients.csv verdicts.csv
