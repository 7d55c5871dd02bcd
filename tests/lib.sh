# shellcheck shell=bash
# lib.sh - what shell tests share: asserts, waiting, and a world of their own.
#
#     . tests/lib.sh
#     in_world "$@"          the rest runs in a private mount namespace, /usr/local/bin being empty
#     podman_world           podman with a store, an events file and locks of its own
#     give container tests/fake/container
#
# The executable under test is the one that ships, without a test hook; the world around it is
# changed instead (docs/decisions/001). Nothing here sleeps for a guess: wait_for polls.
# $B is the build folder whose executable is tested; $ck that executable; $world a folder of the run
# that is removed at its end.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
B=${B:-build/linux}
ck=$PWD/$B/container-kit
world=
exit_words=()

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

step() { echo "-- $*"; }

at_exit() { exit_words+=("$*"); } # COMMAND: evaluated when the test ends, the last one first

run_exit_words() {
    local status=$? i
    trap - EXIT INT TERM
    set +e
    for ((i = ${#exit_words[@]} - 1; i >= 0; i--)); do
        eval "${exit_words[i]}"
    done
    exit "$status"
}
trap run_exit_words EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

wait_for() { # SECONDS COMMAND...: until it succeeds, or the test fails
    local seconds=$1 until=$((SECONDS + $1 + 1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$until" ] || fail "not within $seconds s: $*"
        sleep 0.05
    done
}

# Asserts. Each names what it looked at.
is() { [ "$1" = "$2" ] || fail "${3:-value}: \"$1\" instead of \"$2\""; }
has() { case $1 in *"$2"*) ;; *) fail "${3:-text} has no \"$2\": $1" ;; esac; }
has_not() { case $1 in *"$2"*) fail "${3:-text} has \"$2\": $1" ;; esac; }
matches() { grep -Eq -- "$2" <<<"$1" || fail "${3:-text} does not match $2: $1"; }

ends() { # STATUS COMMAND...: runs it; its output is in $out and $err
    local want=$1 status=0
    shift
    "$@" >"$world/out" 2>"$world/err" </dev/null || status=$?
    # shellcheck disable=SC2034 # for the test
    out=$(cat "$world/out") err=$(cat "$world/err")
    [ "$status" -eq "$want" ] || fail "status $status instead of $want: $*: $err"
}

# True when no process of that id is left; one in state Z has ended (PID 1 may be slow to reap).
gone() {
    local state
    state=$(sed -n 's/^State:[[:space:]]*\([A-Z]\).*/\1/p' "/proc/$1/status" 2>/dev/null) || return 0
    [ -z "$state" ] || [ "$state" = Z ]
}

# Re-executes the test in a private mount namespace and makes $world. There /usr/local/bin holds
# only what `give` puts into it (the machine's own is in .machine), docker is hidden, /dev/shm is
# private, and HOME is an empty folder. Needs root: in a user namespace the system's files seem to
# belong to nobody, and then no executable is trusted.
in_world() {
    if [ -z "${CK_WORLD:-}" ]; then
        if [ "$(id -u)" -eq 0 ]; then
            CK_WORLD=new exec unshare -m --propagation private bash "$0" "$@"
        fi
        sudo -n true 2>/dev/null || fail "this test needs root or sudo without a question"
        exec sudo -n env CK_WORLD=new B="$B" PATH="$PATH" \
            unshare -m --propagation private bash "$0" "$@"
    fi
    unset CK_WORLD
    world=$(mktemp -d /tmp/ck.XXXXXX)
    at_exit world_end
    mkdir "$world/bin"
    mount -t tmpfs -o mode=0755 tmpfs "$world/bin"
    mkdir "$world/bin/.machine"
    mount --bind /usr/local/bin "$world/bin/.machine"
    mount -o remount,bind,ro "$world/bin/.machine"
    mount --move "$world/bin" /usr/local/bin
    mount -t tmpfs -o mode=1777 tmpfs /dev/shm
    # GNUstep's daemons meet there, and would be shared with other tests and with the user
    [ -d "/tmp/GNUstepSecure$(id -u)" ] || mkdir -m 0700 "/tmp/GNUstepSecure$(id -u)"
    mount -t tmpfs -o mode=0700 tmpfs "/tmp/GNUstepSecure$(id -u)"
    hide /usr/bin/docker
    mkdir /usr/local/bin/.home # not in /tmp, below which nothing can be trusted
    export HOME=/usr/local/bin/.home XDG_DATA_HOME=$world/data XDG_CONFIG_HOME=$world/config
    unset DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG CONTAINER_HOST CONTAINER_CONNECTION
    unset CONTAINERS_CONF CONTAINERS_STORAGE_CONF XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS
    hash -r
}

world_end() {
    local pid folder
    for pid in $(world_pids ''); do kill -9 "$pid" 2>/dev/null; done
    # podman binds a folder onto itself, and each container has memory to share
    awk -v w="$world/" 'index($2, w) == 1 {print $2}' /proc/self/mounts | sort -r |
        while read -r folder; do umount -l "$folder"; done
    rm -rf --one-file-system "$world"
}

# WORD: processes of this world (its folder is among their words or in their environment) that have
# WORD among their words. The search itself shows the folder nowhere.
world_pids() {
    local pid
    [ -n "$world" ] || return 0 # else it would find every process there is
    env -i /usr/bin/env grep -lsF -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ <<<"$world/" |
        tr -dc '0-9\n' | sort -u | while read -r pid; do
        ! grep -qsF -- "$1" "/proc/$pid/cmdline" || echo "$pid"
    done
}

hide() { # FILE: it is not there any more in this world; its folder becomes a changeable layer
    local folder layer
    [ -e "$1" ] || return 0
    folder=$(dirname "$1")
    layer=/usr/local/bin/.layer$(tr / - <<<"$folder")
    if [ ! -d "$layer" ]; then
        mkdir -p "$layer/up" "$layer/work"
        mount -t overlay overlay \
            -o "lowerdir=$folder,upperdir=$layer/up,workdir=$layer/work" "$folder"
    fi
    rm -f "$1"
}

give() { # NAME FILE [MODE]: FILE becomes /usr/local/bin/NAME
    install -m "${3:-0755}" "$2" "/usr/local/bin/$1"
}

# A podman of our own. Ulimits and runc: elsewhere than on a plain machine the defaults are refused.
podman_world() {
    local driver=overlay
    [ "$(stat -f -c %T "$world")" != overlayfs ] || driver=vfs
    mkdir -p "$world/p"
    cat >"$world/c.conf" <<EOT
[containers]
default_ulimits=["nofile=1024:1024","nproc=1024:1024"]
netns="none"
[engine]
runtime="runc"
events_logger="file"
tmp_dir="$world/p/tmp"
static_dir="$world/p/root/libpod"
volume_path="$world/p/root/volumes"
EOT
    printf '[storage]\ndriver="%s"\nrunroot="%s/p/run"\ngraphroot="%s/p/root"\n' \
        "$driver" "$world" "$world" >"$world/s.conf"
    export CONTAINERS_CONF=$world/c.conf CONTAINERS_STORAGE_CONF=$world/s.conf
    at_exit podman_world_end
    podman_image
}

podman_world_end() {
    local until=$((SECONDS + 6)) pid child
    # podman 4.3 removes a container whose stop was cut short, and leaves its process running
    for pid in $(world_pids conmon); do
        for child in $(children_of "$pid"); do kill -9 "$child" 2>/dev/null; done
    done
    podman rm --all --force --time 0 >/dev/null 2>&1
    # behind each container something cleans up, and ends by itself; but not for ever
    while [ -n "$(world_pids conmon)$(world_pids cleanup)" ] && [ "$SECONDS" -lt "$until" ]; do
        sleep 0.05
    done
}

# localhost/ck-test:1: busybox and the words that tests run in it.
podman_image() {
    local word
    mkdir -p "$world/img/bin" "$world/img/tmp"
    cp /bin/busybox "$world/img/bin/"
    for word in sh ash sleep echo test touch rm cat kill seq; do
        ln -s busybox "$world/img/bin/$word"
    done
    tar -C "$world/img" -c . |
        podman import --change 'ENV PATH=/bin' - localhost/ck-test:1 >/dev/null 2>&1 ||
        fail "podman cannot import an image"
}

# Apple's stand-in over the podman world, in /usr/local/bin; $apple is the folder of its files.
# The podman that it calls is a copy, so that hide_podman hides the program's alone.
apple_world() {
    apple=/usr/local/bin/container.d
    mkdir -p "$apple"
    printf '%s\n' "CONTAINERS_CONF=$CONTAINERS_CONF" \
        "CONTAINERS_STORAGE_CONF=$CONTAINERS_STORAGE_CONF" "HOME=$HOME" >"$apple/world"
    echo 1.2 >"$apple/shape"
    : >"$apple/calls"
    give container tests/fake/container
    mkdir -p "$HOME/Library/Application Support/com.apple.container/containers"
}

# What the program watches where there are no events: the folder that a new container would be in.
apple_changed() {
    mktemp -d "$HOME/Library/Application Support/com.apple.container/containers/XXXXXX" >/dev/null
}

# The program finds no podman; tests and the stand-in still call it, from a folder of their own.
hide_podman() {
    mkdir -p /usr/local/bin/.tools
    cp /usr/bin/podman /usr/local/bin/.tools/podman
    export PATH=/usr/local/bin/.tools:$PATH
    hash -r
    hide /usr/bin/podman
    echo PATH=/usr/local/bin/.tools:/usr/bin:/bin:/usr/sbin:/sbin >>"$apple/world"
}

# NAME [COMMAND...]: a running container; without a command it sleeps, and ends at once on TERM.
container() {
    local name=$1
    shift
    [ $# -gt 0 ] || set -- sh -c 'trap "exit 0" TERM; while :; do sleep 0.1; done'
    podman run -d --name "$name" localhost/ck-test:1 "$@" >/dev/null
}

# NAME STATE of each container that the program lists, sorted; words are options of `list`.
listed() {
    "$ck" list --json "$@" | /usr/bin/python3 -c '
import json, sys
for c in json.load(sys.stdin):
    print(c["name"], c["state"])' | sort
}

# Starts `watch` with its lines in $watched; $watcher is its pid.
start_watch() {
    watched=$world/watched
    : >"$watched"
    "$ck" watch >>"$watched" 2>"$world/watch.err" </dev/null &
    watcher=$!
    at_exit "kill -9 $watcher 2>/dev/null; wait $watcher 2>/dev/null"
    # shellcheck disable=SC2016 # when the test ends, $status tells how
    at_exit '[ "$status" -eq 0 ] || sed "s/^/watch: /" "$watched" "$world/watch.err"'
}

saw() { grep -Eq -- "$1" "$watched"; } # PATTERN: a line of `watch`
watch_from_here() { : >"$watched"; }   # forgets the lines so far

stop_watch() { # SIGNAL: expects an end within 2 s, with status 0, and nothing on standard error
    local status=0
    kill "-$1" "$watcher"
    wait_for 2 gone "$watcher"
    wait "$watcher" || status=$?
    is "$status" 0 "status of watch after SIG$1"
    is "$(cat "$world/watch.err")" "" "standard error of watch"
}

children_of() { # PID: its children and theirs, one id a line
    local child
    # shellcheck disable=SC2013 # words, not lines
    for child in $(cat "/proc/$1/task/"*/children 2>/dev/null); do
        echo "$child"
        children_of "$child"
    done
}

state_of() { podman inspect --type container --format '{{.State.Status}}' "$1"; }
state_is() { [ "$(state_of "$1")" = "$2" ]; }
id_of() { podman inspect --type container --format '{{.Id}}' "$1"; }
