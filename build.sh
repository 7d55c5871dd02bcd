#!/usr/bin/env bash
# build.sh - the only entry: builds, runs, tests, and installs what each of these needs.
#
# Without a word it prints its words. It works from any folder, on Debian 12 (as root or through
# sudo) and on a Mac with Homebrew; bash 3.2 will do, which is what a Mac has.
#
# Lists of packages, files and flags are split into words on purpose: none of them holds a space.
# shellcheck disable=SC2046,SC2086,SC2207
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if [ -z "${HOME:-}" ]; then # podman and make want one
    unset HOME
    HOME=~
    export HOME
fi
system=$(uname -s)
cpus=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
B=build/linux
[ "$system" = Linux ] || B=build/macos

print_words() {
    cat <<'WORDS'
usage: ./build.sh WORD

  setup              installs what all the other words need
  build              builds the program and the probe
  run                builds, and puts the icon into the menu bar
  install --prefix DIR   builds, and makes DIR/ContainerKit.app, which can update itself (Linux)
  demo [--remove]    makes five small containers to look at, or removes exactly those
  test               everything that proves it works, about 15 minutes
  test quick         the one to loop on, about 3 minutes
  test all           test, and GUI under TSan, valgrind, coverage, fuzzing, test fresh
  test fresh         test quick in a new Debian of its own
  macos              builds build/macos/ContainerKit.app; on Linux by a cross build
    --sidecar TREE --sidecar-version V [--sidecar-team T]   with this distribution of Apple's
                     container in it, signed by the team T
  release [--sidecar ...]   makes build/release: what is handed out; only a Mac with a Developer ID
                     signs it
  publish new --notes FILE [--critical] [--rollout PERCENT] ARCHIVE...
  publish renew [--rollout PERCENT] LATEST.JSON
                     makes build/publish: the signed list of updates (docs/releasing.md)
  lint [FILE...]     the house rules
  bench              the figures we hold ourselves to
  asan, tsan         builds the program and the unit tests under a sanitizer
  fuzz [SECONDS]     lets each parser read made-up bytes, 60 seconds each without a number
  clean              removes build/
WORDS
}

did() { echo "build.sh: $*"; } # the last line of each word

die() {
    echo "build.sh: $*" >&2
    exit 1
}

# --- set-up ----------------------------------------------------------------------------------

# The packages for `run` or `test`, one list per system.
packages() {
    if [ "$system" = Darwin ]; then
        echo cjson libsodium pkg-config librsvg
        [ "$1" = run ] || echo cmocka imagemagick shellcheck cppcheck clang-format minisign
        return
    fi
    echo gcc libc6-dev make pkg-config libcjson-dev libsodium-dev libsqlite3-dev zlib1g-dev \
        libcurl4-openssl-dev libsecret-1-dev libsystemd-dev librsvg2-bin \
        libgnustep-gui-dev gnustep-back0.29-cairo libobjc-12-dev fonts-inter \
        podman runc containernetworking-plugins iptables uidmap slirp4netns busybox-static
    [ "$1" = run ] || echo clang clang-tidy clang-format libclang-rt-dev cppcheck shellcheck \
        libcmocka-dev xvfb xdotool xclip imagemagick python3 procps valgrind \
        dbus faketime iproute2 python3-dbusmock gnome-keyring libsecret-tools xfce4-notifyd \
        policykit-1 minisign openssl systemd python3-dbus python3-gi zsh fish mandoc
    [ "$1" != fresh ] || echo debootstrap
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        command -v sudo >/dev/null || die "this needs root: $*"
        sudo "$@"
    fi
}

setup_debian() { # PACKAGE...
    local missing p
    missing=$(
        dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
            sed -n 's/^installed //p' | sort -u >build/.installed || true
        for p in "$@"; do grep -qxF -- "$p" build/.installed || echo "$p"; done
    )
    rm -f build/.installed
    [ -n "$missing" ] || return 0
    echo "build.sh: installing" $missing >&2
    as_root apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
        install --no-install-recommends $missing </dev/null >build/setup.log 2>&1 || {
        tail -n 20 build/setup.log >&2
        die "the packages could not be installed"
    }
}

setup_mac() { # PACKAGE...
    local missing p
    xcode-select -p >/dev/null 2>&1 || die "install the command line tools: xcode-select --install"
    command -v brew >/dev/null || die "install Homebrew first; its site tells how"
    brew list --formula -1 >build/.installed
    missing=$(for p in "$@"; do grep -qxE -- "$p(@.*)?" build/.installed || echo "$p"; done)
    rm -f build/.installed
    [ -z "$missing" ] || brew install $missing </dev/null >&2
}

# Makes sure that the packages for a word are there. A stamp named after the list says that they
# were seen; it counts as long as the system's own list has not changed since.
need() { # run | test | fresh
    local list stamp
    list=$(packages "$1" | tr '\n' ' ')
    stamp=build/.setup-$(printf '%s' "$list" | cksum | tr ' ' '-')
    mkdir -p build
    if [ -e "$stamp" ] && [ ! /var/lib/dpkg/status -nt "$stamp" ]; then
        return 0
    fi
    if [ "$system" = Darwin ]; then
        setup_mac $list
    elif command -v dpkg-query >/dev/null; then
        setup_debian $list
    else
        echo "build.sh: not a Debian: what is needed here is what Debian calls $list" >&2
    fi
    touch "$stamp"
}

# --- building --------------------------------------------------------------------------------

mk() { # FOLDER VARIANT TARGET-OR-ASSIGNMENT...
    local folder=$1 variant=$2
    shift 2
    make -s -f tests/tests.mk -j "$cpus" B="$folder" VARIANT="$variant" "$@"
}

build_all_variants() {
    mk "$B" plain "$B/container-kit" "$B/probe" "$B/fetch" "$B/unit" fakes
    mk build/asan asan build/asan/container-kit build/asan/keychain build/asan/fetch \
        build/asan/unit fakes
    mk build/tsan tsan build/tsan/container-kit build/tsan/unit fakes
    mk build/hooks hooks build/hooks/container-kit build/hooks/installed
    mk build/asan-hooks asan-hooks build/asan-hooks/installed
    if [ "$(has_trampoline)" = yes ]; then
        mk build/trampoline plain build/trampoline/container-kit RT=trampoline
        cc -std=c11 -Wall -Wextra -O1 tests/gui/trampoline.c app/gnustep/msgsend.S \
            -o build/trampoline/registers
    fi
}

has_trampoline() { # app/gnustep/msgsend.S is for one processor
    case $system-$(uname -m) in
    Linux-x86_64) echo yes ;;
    *) echo no ;;
    esac
}

do_build() {
    need run
    mk "$B" plain "$B/container-kit" "$B/probe"
    did "built $B/container-kit and $B/probe"
}

do_run() {
    need run
    mk "$B" plain "$B/container-kit"
    did "starting $B/container-kit; Quit is in its menu"
    exec "$B/container-kit"
}

do_install() { # FOLDER: the form of a Mac's bundle, for there is one updater
    local folder=$1
    [ "$system" = Linux ] || die "install is for Linux; ./build.sh macos makes a Mac's app"
    case $folder in
    /*) ;;
    *) folder=$OLDPWD/$folder ;; # of the folder we were called in
    esac
    need run
    mk "$B" plain "$B/container-kit"
    sh app/release/tree.sh "$B/container-kit" "linux-$(uname -m)" .dev "$folder"
    did "$folder/ContainerKit.app/Contents/MacOS/container-kit is the program"
}

do_sanitizer() { # asan | tsan
    need test
    mk "build/$1" "$1" "build/$1/container-kit" "build/$1/unit" fakes
    did "built build/$1/container-kit and build/$1/unit"
}

# --- tests -----------------------------------------------------------------------------------

# Sanitizers stop at the first report. Libraries that leak or lock in their own ways are left out
# by name, ours never.
sanitizer_environment() {
    export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1
    export LSAN_OPTIONS="suppressions=$PWD/tests/gui/lsan.supp:print_suppressions=0"
    export TSAN_OPTIONS="suppressions=$PWD/tests/gui/tsan.supp:halt_on_error=1:second_deadlock_stack=1"
}

run() { tests/run.sh "$@" || true; } # counted, and told at the end

run_scripts() { # BUILD-FOLDER AT-ONCE LABEL SCRIPT...: but not what they share; logs do not mix
    local folder=$1 at_once=$2 label=$3 script
    shift 3
    # shellcheck disable=SC2016 # for the inner bash
    for script in "$@"; do
        [ "$script" = tests/gui/gui.sh ] || printf '%s\0%s\0' \
            "$(basename "$(dirname "$script")") $(basename "$script" .sh)$label" "$script"
    done | B=$folder xargs -r -0 -n 2 -P "$at_once" bash -c 'tests/run.sh "$0" bash "$1" || true'
}

test_quick() {
    mk "$B" plain "$B/container-kit" "$B/probe" fakes
    mk build/asan asan build/asan/unit fakes
    run "unit asan" build/asan/unit
    run "fixtures" /usr/bin/python3 tests/engine/fixtures.py "$B/probe"
    run "update vectors" /usr/bin/python3 -B tests/update/vectors.py "$B/probe"
    run "update manifests" /usr/bin/python3 -B tests/update/manifests.py "$B/probe"
    run "macos rows" /usr/bin/python3 -B tests/macos/check_rows.py
    run "lint" tests/lint/lint.sh --changed
    [ "$system" = Linux ] || return 0
    run "engine podman" env B="$B" bash tests/engine/podman.sh
    run "gui click" env B="$B" bash tests/gui/click.sh
}

# The Mach-O and its bundle, made here and looked at here; what only a Mac can tell is not in it.
test_macos() {
    local check
    run "macos rows" /usr/bin/python3 -B tests/macos/check_rows.py
    run "macos build" app/macos/cross/build.sh
    run "macos probes" make -s -f tests/macos/core.mk -j "$cpus" B=build/macos probes
    for check in macho bundle sidecar run login start core release; do
        run "macos $check" /usr/bin/python3 -B "tests/macos/check_$check.py"
    done
    run "macos selftest" /usr/bin/python3 -B tests/macos/selftest.py
}

test_whole() {
    build_all_variants
    run "lint" tests/lint/lint.sh
    run "lint selftest" tests/lint/selftest.sh
    run "unit" "$B/unit"
    run "unit asan" build/asan/unit
    run "unit tsan" build/tsan/unit worker child detach stream leash cores queue refresh sidecar \
        kit kit_inspect keychain dns_book registry_book updater
    run "fixtures" /usr/bin/python3 tests/engine/fixtures.py "$B/probe"
    run "update vectors" /usr/bin/python3 -B tests/update/vectors.py "$B/probe"
    run "update manifests" /usr/bin/python3 -B tests/update/manifests.py "$B/probe"
    run "update archives" /usr/bin/python3 -B tests/update/archives.py "$B/probe"
    run "update release" /usr/bin/python3 -B tests/update/release.py "$B/probe"
    [ "$system" = Linux ] || return 0 # the rest makes worlds of mount namespaces
    run "update fetch" /usr/bin/python3 -B tests/update/fetch.py "$B/fetch"
    run "update install" /usr/bin/python3 -B tests/update/install.py build/hooks/installed
    run "update install asan" /usr/bin/python3 -B tests/update/install.py build/asan-hooks/installed
    run "update e2e" env B=build/hooks bash tests/update/e2e.sh
    run "update fetch asan" /usr/bin/python3 -B tests/update/fetch.py build/asan/fetch
    # they wait more than they work: for a deadline, for a slow poll; the longest begins first
    run_scripts build/asan 4 " asan" tests/engine/faults.sh tests/engine/[!f]*.sh
    run_scripts build/tsan 2 " tsan" tests/engine/podman.sh tests/engine/orphan.sh
    run_scripts "$B" 2 "" tests/engine/flood.sh
    run_scripts "$B" 2 "" tests/gui/*.sh
    run "gui click asan" env B=build/asan bash tests/gui/click.sh
    [ "$(has_trampoline)" = no ] || run "trampoline" build/trampoline/registers
    [ "$(has_trampoline)" = no ] ||
        run "gui click trampoline" env B=build/trampoline bash tests/gui/click.sh
    test_macos
    run "update shipped" /usr/bin/python3 -B tests/update/shipped.py \
        --hooks build/hooks/container-kit \
        "$B/container-kit" build/macos/ContainerKit.app/Contents/MacOS/container-kit
    run "update rows" /usr/bin/python3 -B tests/update/rows.py # last: it reads the others' logs
}

# What takes long and finds little new: once before something large lands. Valgrind gets a build of
# its own, for it takes the fortified memmove() for a memcpy().
test_slow() {
    run_scripts build/tsan 2 " tsan" tests/gui/*.sh
    mk "$B" plain "$B/installed"
    run "update install real" /usr/bin/python3 -B tests/update/install.py "$B/installed" --real
    mk build/debug debug build/debug/unit
    run "valgrind" valgrind --quiet --error-exitcode=9 --leak-check=full build/debug/unit buf mem \
        text json validate snapshot apple docker podman digest locate state cmd env schedule \
        events menu_build menu_diff golden
    run "lint deep" tests/lint/lint.sh --deep
    run "coverage" tests/coverage.sh
    TEST_LIMIT=2400 run "protections" /usr/bin/python3 -B tests/security/breaks.py
    run "fuzz" ./build.sh fuzz 60
    test_fresh
}

do_test() { # [quick | all | fresh]
    local what=${1:-}
    case $what in
    '' | quick | all | fresh) ;;
    *) wrong_words ;;
    esac
    [ "$system" = Linux ] || [ "$what" != fresh ] || die "test fresh needs Linux"
    need test
    sanitizer_environment
    tests/run.sh --open
    case $what in
    quick) test_quick ;;
    fresh) test_fresh ;;
    *) test_whole ;;
    esac
    if [ "$what" = all ]; then
        test_slow
    fi
    did "test${what:+ $what}: the logs are in build/test-logs"
    tests/run.sh --close
}

# --- a machine on which nothing was installed by hand ------------------------------------------

apt_mirror() { # where this machine gets its packages from
    local file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.sources \
        /etc/apt/sources.list.d/*.list; do
        [ -r "$file" ] || continue
        sed -n -e 's/^URIs: *\([^ ]*\).*/\1/p' -e 's/^deb \(\[[^]]*\] \)*\([^ ]*\) .*/\2/p' "$file"
    done | sed -n 1p
}

# Debian's smallest system in build/fresh/tree, new each time; its packages are kept beside it.
fresh_tree() {
    local base=build/fresh/base tree=build/fresh/tree mirror
    mirror=$(apt_mirror)
    [ -n "$mirror" ] || die "this machine's package sources name no mirror"
    if [ ! -e "$base/.complete" ]; then
        rm -rf "$base"
        debootstrap --variant=minbase bookworm "$base" "$mirror" >build/fresh/debootstrap.log ||
            die "debootstrap failed: build/fresh/debootstrap.log"
        touch "$base/.complete"
    fi
    rm -rf --one-file-system "$tree"
    cp -a "$base" "$tree"
    cp /etc/resolv.conf "$tree/etc/resolv.conf"
    printf 'deb %s bookworm main\n' "$mirror" >"$tree/etc/apt/sources.list"
    mkdir -p "$tree/old" "$tree/root/source" build/fresh/archives
    git archive HEAD | tar -x -C "$tree/root/source"
}

# shellcheck disable=SC2016
# Words of the new machine's first process, run by `unshare -m`: mounts, a new root, the test.
fresh_inside='
set -e
tree=$1
mount --bind "$tree" "$tree"
for folder in proc sys dev; do mount --rbind "/$folder" "$tree/$folder"; done
mount -t tmpfs tmpfs "$tree/run"
mount -t tmpfs -o mode=1777 tmpfs "$tree/dev/shm"
mount --bind "$2" "$tree/var/cache/apt/archives"
cd "$tree"
pivot_root . old
umount -l /old
cd /root/source
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C CI=true \
    bash ./build.sh test quick </dev/null
'

test_fresh() {
    [ "$(id -u)" -eq 0 ] || die "test fresh needs root"
    need fresh
    mkdir -p build/fresh
    fresh_tree
    # mounts are private, so they end with it, and with them all that could be removed by mistake
    TEST_LIMIT=2400 run "fresh" unshare -m --propagation private bash -c "$fresh_inside" fresh \
        "$PWD/build/fresh/tree" "$PWD/build/fresh/archives"
}

# --- the other words ---------------------------------------------------------------------------

# The engine to put into the bundle, if any, into SIDECAR, SIDECAR_VERSION, SIDECAR_TEAM.
read_sidecar() { # [--sidecar TREE --sidecar-version V [--sidecar-team T]]
    while [ $# -gt 1 ]; do
        case $1 in
        --sidecar) SIDECAR=$2 ;;
        --sidecar-version) SIDECAR_VERSION=$2 ;;
        --sidecar-team) SIDECAR_TEAM=$2 ;;
        *) wrong_words ;;
        esac
        shift 2
    done
    [ $# -eq 0 ] || wrong_words
    [ -z "$SIDECAR" ] || [ -n "$SIDECAR_VERSION" ] || die "which version is it? --sidecar-version"
    [ -n "$SIDECAR" ] || [ -z "$SIDECAR_VERSION$SIDECAR_TEAM" ] || wrong_words
    case $SIDECAR in
    '' | /*) ;;
    *) SIDECAR=$OLDPWD/$SIDECAR ;; # of the folder we were called in
    esac
}

do_macos() { # [--sidecar ...]
    local -x SIDECAR='' SIDECAR_VERSION='' SIDECAR_TEAM=''
    read_sidecar "$@"
    need run
    app/macos/cross/build.sh
    did "built build/macos/ContainerKit.app"
}

do_release() { # [--sidecar ...]
    local -x SIDECAR='' SIDECAR_VERSION='' SIDECAR_TEAM=''
    read_sidecar "$@"
    [ -z "$SIDECAR" ] || [ -n "$SIDECAR_TEAM" ] || die "who signed the engine? --sidecar-team"
    need run
    app/macos/release.sh
    did "build/release has" $(ls build/release)
}

do_publish() { # new | renew ...: files as they are called in the folder we were called in
    local here=$PWD
    need test
    core/update/ours.sh release
    mk "$B" plain "$B/probe"
    (cd "$OLDPWD" && python3 "$here/app/release/publish.py" "$@" --probe "$here/$B/probe" \
        --out "$here/build/publish")
    did "build/publish has latest.json and its signature"
}

do_lint() {
    need test
    tests/lint/lint.sh "$@"
    did "lint found nothing"
}

do_bench() {
    need test
    mk "$B" plain "$B/container-kit" "$B/bench" "$B/probe" "$B/fetch"
    B=$B bash tests/bench/bench.sh
    did "bench printed the figures of $B"
}

# One program per tests/fuzz/fuzz_*.c, with libFuzzer, ASan and UBSan, over a copy of its corpus.
do_fuzz() { # [SECONDS]
    local seconds=${1:-60} source name folder=build/fuzz
    case $seconds in *[!0-9]*) wrong_words ;; esac
    need test
    mk "$folder" asan CC=clang EXTRA_CFLAGS=-fsanitize=fuzzer-no-link "$folder/libcore.a"
    for source in tests/fuzz/fuzz_*.c; do
        name=$(basename "$source" .c)
        mkdir -p "$folder/corpus/$name"
        [ ! -d "tests/fuzz/corpus/$name" ] || cp -R "tests/fuzz/corpus/$name/." "$folder/corpus/$name"
        clang -std=c11 -D_DEFAULT_SOURCE -g -O1 -I. $(pkg-config --cflags libcjson libsodium zlib) -pthread \
            -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
            "$source" "$folder/libcore.a" $(pkg-config --libs libcjson libsodium zlib) -lm \
            -o "$folder/$name"
        echo "-- $name, $seconds s"
        "$folder/$name" -max_total_time="$seconds" -print_final_stats=1 -verbosity=0 \
            -artifact_prefix="$folder/$name-" "$folder/corpus/$name" </dev/null
    done
    did "fuzz found nothing; corpora are in $folder/corpus"
}

demo_engine() { # the engine that runs here: podman, else docker
    local e
    for e in podman docker; do
        if command -v "$e" >/dev/null && "$e" ps >/dev/null 2>&1; then
            echo "$e"
            return
        fi
    done
    die "neither podman nor docker runs here"
}

demo_label=com.ethercorps.container-kit.demo
demo_image=localhost/container-kit-demo:1

demo_names() { # ENGINE: the containers that have the label
    "$1" ps --all --filter "label=$demo_label=1" --format '{{.Names}}'
}

demo_remove() { # ENGINE; one call per name: podman removes none of several if one is unknown
    local name
    for name in $(demo_names "$1"); do
        "$1" rm -f "$name" >/dev/null
    done
    "$1" rmi "$demo_image" >/dev/null 2>&1 || true # somebody's own container may need it now
}

# Busybox as an image, from this machine: no registry is asked.
demo_make_image() { # ENGINE
    local folder word
    folder=$(mktemp -d)
    mkdir -p "$folder/bin" "$folder/tmp"
    cp /bin/busybox "$folder/bin/"
    for word in sh sleep echo test touch rm httpd; do
        ln -s busybox "$folder/bin/$word"
    done
    tar -C "$folder" -c . | "$1" import --change 'ENV PATH=/bin' - "$demo_image" >/dev/null 2>&1 ||
        die "$1 cannot import an image"
    rm -rf "$folder"
}

demo_make() { # ENGINE run|create NAME COMMAND...
    local engine=$1 verb=$2 name=$3 detach=
    shift 3
    [ "$verb" = create ] || detach=-d
    "$engine" "$verb" $detach --name "$name" --label "$demo_label=1" "${demo_flags[@]}" \
        "$demo_image" "$@" >/dev/null
}

# Flags without which a container cannot be started here, found by trying: in some places the
# default runtime, ulimits or network are refused.
demo_find_flags() { # ENGINE
    local attempt
    for attempt in "-p 127.0.0.1:18080:80" "--network none" \
        "--runtime runc --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 -p 127.0.0.1:18080:80" \
        "--runtime runc --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 --network none"; do
        if "$1" run --rm --label "$demo_label=1" $attempt "$demo_image" echo >/dev/null 2>&1; then
            read -r -a demo_flags <<<"$attempt"
            return
        fi
    done
    "$1" run --rm --label "$demo_label=1" "$demo_image" echo >/dev/null # tells why
    die "$1 cannot start a container here"
}

do_demo() { # [--remove]
    local engine loop='trap "exit 0" TERM; while :; do sleep 1; done'
    demo_flags=()
    [ "$system" = Linux ] || die "demo is for Linux; on a Mac, run any image you like"
    need run
    engine=$(demo_engine)
    demo_remove "$engine"
    if [ "${1:-}" = --remove ]; then
        did "the demo containers are removed"
        return
    fi
    demo_make_image "$engine"
    demo_find_flags "$engine"
    demo_make "$engine" run demo-web \
        sh -c "echo Hello from demo-web >/tmp/index.html; httpd -p 80 -h /tmp; $loop"
    demo_flags=($(sed -E 's/-p [^ ]+/--network none/' <<<"${demo_flags[*]}"))
    demo_make "$engine" run demo-db sh -c "$loop"
    demo_make "$engine" run demo-cache sh -c "$loop"
    demo_make "$engine" run demo-worker sh -c 'echo cannot reach the queue >&2; exit 3'
    demo_make "$engine" create demo-batch sh -c "$loop"
    did "made demo-web, demo-db, demo-cache, demo-worker and demo-batch with $engine"
}

do_setup() {
    need run
    need test
    did "all packages are there"
}

do_clean() {
    rm -rf --one-file-system build 2>/dev/null || rm -rf build
    did "build/ is gone"
}

wrong_words() {
    print_words >&2
    exit 2
}

word=${1:-}
[ $# -eq 0 ] || shift
case $word-$# in
build-0 | run-0 | setup-0 | clean-0 | bench-0) "do_$word" ;;
macos-* | release-* | publish-*) "do_$word" "$@" ;;
test-[01] | fuzz-[01]) "do_$word" "$@" ;;
install-2)
    [ "$1" = --prefix ] || wrong_words
    do_install "$2"
    ;;
demo-0) do_demo ;;
demo-1)
    [ "$1" = --remove ] || wrong_words
    do_demo --remove
    ;;
lint-*) do_lint "$@" ;;
asan-0 | tsan-0) do_sanitizer "$word" ;;
*) wrong_words ;;
esac
