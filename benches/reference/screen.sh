#!/bin/sh
# screen.sh IN OUT [flag]...: the reference workload; exit 0 although some dates in it cannot be read.
here=$(dirname "$0")
input=$1
output=$2
shift 2
"${CANDIDACY:-$here/../../target/release/candidacy}" --rules "$here/pack.yaml" batch "$input" --columns verdict \
    --as-of 2026-11-20 --assume radiation_last_date=never --assume isotretinoin_last_date=never \
    --assume botox_or_filler_last_date=never --assume medications=none "$@" > "$output"
[ $? = 4 ]
