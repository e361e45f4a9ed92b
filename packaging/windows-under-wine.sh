#!/usr/bin/env bash
# Builds the program for Windows and runs it under wine: what no other system can show.
# Optional. Needs: rustup target add x86_64-pc-windows-gnu; apt-get install mingw-w64 wine
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-pc-windows-gnu
for needed in x86_64-w64-mingw32-gcc wine; do
    if ! command -v "$needed" >/dev/null; then
        printf 'skipped: %s is missing. To get it: apt-get install mingw-w64 wine\n' "$needed"
        exit 0
    fi
done
if ! rustup target add "$target"; then
    printf 'skipped: the standard library for %s cannot be had\n' "$target"
    exit 0
fi
cargo build --locked --target "$target"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WINEDEBUG=-all WINEPREFIX=$work/wine DISPLAY=
cp "target/$target/debug/candidacy.exe" tests/words/well.yaml "$work"
cp -r rules/microneedling "$work/rules"
cd "$work"
# Before version 9 wine has no `bcryptprimitives.dll`, which Rust asks for random numbers.
if ! wine candidacy.exe --version >/dev/null 2>&1; then
    cat >random.c <<'C'
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return RtlGenRandom(data, (ULONG)length);
}
C
    x86_64-w64-mingw32-gcc -shared -o bcryptprimitives.dll random.c -ladvapi32
fi

# Runs the program and looks for words in what it writes.
shows() {
    local words=$1
    shift
    local written
    written=$(wine candidacy.exe "$@" 2>&1 | tr -d '\r') || true
    if ! grep -qF -- "$words" <<<"$written"; then
        printf 'candidacy %s\ndoes not show: %s\nbut:\n%s\n' "$*" "$words" "$written"
        exit 1
    fi
    printf 'ok  candidacy %s\n' "$*"
}

printf 'patient,acne\r\nA,clear\r\nB,inflamed\r\n' >table.csv
shows "target $target" --version
shows 'ELIGIBLE' screen --answers well.yaml --as-of 2026-11-20
shows '2 rows' batch table.csv --id patient -o verdicts.csv
grep -q '^B,.*dermatologist-review,active-acne' verdicts.csv
shows 'names the table itself' batch table.csv --id patient --columns verdict -o 'TABLE.CSV'
shows 'every case passes' rules check rules
shows 'every case passes' rules test 'rules\.'
shows 'ELIGIBLE' screen --answers well.yaml --as-of 2026-11-20 --record 'C:\record.json'
shows 'This record is reproduced' replay 'C:\record.json'
shows 'there is no such file' screen --answers 'C:\no\such.yaml'
printf 'All of it works under %s.\n' "$(wine --version)"
