#!/usr/bin/env bash
# Makes what is published of one commit: for each target an archive with the program, its manual pages, completion
# scripts and rules, a Debian package, what it was built from, and checksums. Every build is made twice, in two folders,
# and must give the same bytes.
#
# usage: packaging/release.sh [--once] [TARGET]...
#   --once   build once, without the comparison
#   TARGET   one that this machine can run; x86_64-unknown-linux-musl when left out
#
# Needs git, GNU tar and rustup. Optional, each skipped with a message: `cargo install cargo-deb cargo-cyclonedx`.
# The files are written to target/release-files/.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C TZ=UTC
umask 022

rounds=(first second)
targets=()
for word in "$@"; do
    case $word in
    --once) rounds=(first) ;;
    -*)
        printf 'usage: packaging/release.sh [--once] [TARGET]...\n' >&2
        exit 2
        ;;
    *) targets+=("$word") ;;
    esac
done
[ ${#targets[@]} -gt 0 ] || targets=(x86_64-unknown-linux-musl)

# Only what is committed is built, so that the name of the commit says all of it.
if [ -n "$(git status --porcelain)" ]; then
    printf 'error: there are changes that are not committed\nhelp: commit them, or `git stash` them\n' >&2
    exit 1
fi
commit=$(git rev-parse HEAD)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
version=$(cargo metadata --locked --no-deps --format-version 1 | sed -E 's/.*"name":"candidacy","version":"([^"]*)".*/\1/')
files=$PWD/target/release-files
work=$PWD/target/release-work
rm -rf "$files" "$work"
mkdir -p "$files" "$work"

# Fetched once, so that neither build waits for the network.
cargo fetch --locked

# Puts the commit into the folder $1, as `cargo package` would: without a repository, with a note of the commit.
put_sources() {
    mkdir -p "$1"
    git archive "$commit" | tar -x -C "$1"
    printf '{"git":{"sha1":"%s"}}\n' "$commit" >"$1/.cargo_vcs_info.json"
}

# Builds the program in the folder $1 for the target $2. No path of this machine gets into it.
build() {
    local flags=(
        "--remap-path-prefix=$1=/candidacy"
        "--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo"
        "--remap-path-prefix=$(rustc --print sysroot)=/rust"
    )
    case $2 in *-musl) flags+=(-Ctarget-feature=+crt-static) ;; esac
    (
        cd "$1"
        unset RUSTFLAGS CARGO_TARGET_DIR
        CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf %s "${flags[*]}") \
            cargo build --release --locked --offline --target "$2"
    )
}

# Writes manual pages and completion scripts with the program $1 to the folder $2.
pages() {
    mkdir -p "$2/man" "$2/completions"
    "$1" man >"$2/man/candidacy.1"
    local commands command
    # The page of a command names the pages of those within it.
    within() { "$@" | sed -n 's/.*(its page: candidacy man \([a-z ]*\)).*/\1/p'; }
    mapfile -t commands < <(within "$1" man && within "$1" man rules)
    for command in "${commands[@]}"; do
        # shellcheck disable=SC2086 # the words of a command
        "$1" man $command >"$2/man/candidacy-${command// /-}.1"
    done
    "$1" completions bash >"$2/completions/candidacy.bash"
    "$1" completions zsh >"$2/completions/_candidacy"
    "$1" completions fish >"$2/completions/candidacy.fish"
}

# An archive $1 of the folder $2, the same for the same files.
archive() {
    tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=ustar \
        -C "$(dirname "$2")" -cf - "$(basename "$2")" | gzip -9n >"$1"
}

# What the program for the target $1 was built from, in the folder $2.
built_from() {
    printf 'candidacy %s\ncommit %s of %s\ntarget %s\n\n' \
        "$version" "$commit" "$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)" "$1"
    rustc -vV
    cargo -V
    printf '\nCommand: cargo build --release --locked --target %s\n' "$1"
    (cd "$2" && printf 'Cargo.lock: sha256 %s\n' "$(sha256sum <Cargo.lock | cut -d' ' -f1)")
    printf '\nPackages in the program:\n'
    (cd "$2" && cargo tree --locked --offline --target "$1" -e normal,no-proc-macro --prefix none --format '{p}' |
        sed -E 's/ \(.*\)$//' | sort -u)
}

for target in "${targets[@]}"; do
    rustup target add "$target" >/dev/null 2>&1 || true
    for round in "${rounds[@]}"; do
        folder=$work/$target/$round
        put_sources "$folder"
        build "$folder" "$target"
    done
    name=candidacy-$version-$target
    built=$work/$target/first/target/$target/release
    program=$built/candidacy
    if [ ${#rounds[@]} = 2 ]; then
        if ! cmp "$program" "${program/first/second}"; then
            printf 'error: two builds of %s for %s gave different bytes\n' "$commit" "$target" >&2
            exit 1
        fi
        printf 'Two builds for %s gave the same bytes.\n' "$target"
    fi

    pages "$program" "$work/$target/first/target/packaging"
    tree=$work/$target/$name
    mkdir -p "$tree"
    cp "$program" "$tree/"
    (
        cd "$work/$target/first"
        cp README.md CHANGELOG.md LICENSE "$tree/"
        cp -r rules target/packaging/man target/packaging/completions "$tree/"
    )
    built_from "$target" "$work/$target/first" >"$tree/BUILT.txt"
    if cargo cyclonedx --version >/dev/null 2>&1; then
        (cd "$work/$target/first" && cargo cyclonedx --format json --target "$target" --override-filename candidacy.cdx)
        cp "$work/$target/first/candidacy.cdx.json" "$tree/"
    else
        printf 'skipped: the list of packages as CycloneDX (BUILT.txt has them). To get it: cargo install cargo-cyclonedx\n'
    fi
    archive "$files/$name.tar.gz" "$tree"

    if cargo deb --version >/dev/null 2>&1; then
        (cd "$work/$target/first" && cargo deb --no-build --no-strip --target "$target" -o "$files/")
    else
        printf 'skipped: the Debian package. To get it: cargo install cargo-deb\n'
    fi
done
(cd "$files" && sha256sum -- * >SHA256SUMS && cat SHA256SUMS)
