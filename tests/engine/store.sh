#!/usr/bin/env bash
# store.sh - the file that settings and history are in, under everything that can be wrong with it:
# a full disk, a folder that cannot be written, another version, damage, two at once, kill -9.
# No engine, no display.
. tests/lib.sh
in_world "$@"
unset DISPLAY
folder=$XDG_DATA_HOME/container-kit
db=$folder/container-kit.db

mode() { stat -c %a "$1"; }
sql() { # FILE SQL: as another program would; its rows
    /usr/bin/python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in sys.argv[2].split(";"):
    for row in db.execute(statement):
        print(*row)' "$1" "$2"
}
set_to() { ends 0 "$ck" settings grace-seconds "$1"; }
is_set_to() {
    ends 0 "$ck" settings grace-seconds
    is "$out" "$1" "grace-seconds"
}
anew() { rm -rf "$folder"; }

step "made private, whatever the umask"
(umask 0 && "$ck" settings grace-seconds 20)
is "$(mode "$XDG_DATA_HOME")" 700 "mode of the parent"
is "$(mode "$folder")" 700 "mode of the folder"
is "$(mode "$db")" 600 "mode of the file"
is "$(ls "$folder")" container-kit.db "files"
is_set_to 20
is "$err" "" "standard error"

step "words about it"
ends 0 "$ck" history
is "$out" "Nothing has happened yet."
sql "$db" "INSERT INTO container_event (at, engine, container, name, what, exit_code, ran_s)
    VALUES (1795556400, 'podman', '0123', 'we' || char(10) || 'b', 'died', 3, 7200);
    INSERT INTO container_event (at, engine, container, name, what)
    VALUES (1795556401, 'docker', '4567', 'db', 'started')"
TZ=UTC ends 0 "$ck" history
is "$out" '2026-11-24 21:40:01  docker  db  started
2026-11-24 21:40:00  podman  we\x0Ab  died (exit code 3) after 2 hours'
ends 0 "$ck" history -n 1 --json
is "$out" '[{"time":1795556401,"engine":"docker","id":"4567","name":"db","what":"started",'\
'"exit_code":null,"ran":null}]' "the newest"
ends 0 "$ck" settings --json
/usr/bin/python3 -c 'import json, sys; assert json.load(sys.stdin)["grace-seconds"] == 20' <<<"$out"
for words in "nonsense" "grace-seconds 3601" "grace-seconds many" "apple yes" "language xx" \
    "docker-context a/b" "grace-seconds 1 2" "--default" "grace-seconds 1 --default" \
    "grace-seconds -- -1"; do
    # shellcheck disable=SC2086 # words
    ends 2 "$ck" settings $words
    is "$out" "" "standard output of $words"
done
is_set_to 20
ends 0 "$ck" settings grace-seconds --default
is_set_to 10
sql "$db" "INSERT INTO setting VALUES ('apple', 'maybe'), ('of-the-future', '1')"
ends 0 "$ck" settings apple
is "$out" true
has "$err" "These settings are not good: apple: either true or false"

step "a full disk"
anew
mkdir -p "$folder"
mount -t tmpfs -o size=256k,mode=0700 tmpfs "$folder"
set_to 20
dd if=/dev/zero of="$folder/filler" bs=1k 2>/dev/null || true
ends 1 "$ck" settings grace-seconds 21
matches "$err" "cannot (grow|be written|be read or written|be opened)|No space left"
rm "$folder/filler"
is_set_to 20
set_to 22
is_set_to 22

step "a folder that cannot be written"
mount -o remount,ro "$folder"
ends 1 "$ck" settings grace-seconds 23
has "$err" "container-kit: "
is_set_to 22
has "$err" "Settings cannot be saved"
umount "$folder"

step "a file that is not ours"
install -d -m 0755 /usr/local/bin/.nobody /usr/local/bin/.nobody/data
install -m 0755 "$ck" /usr/local/bin/.nobody/ck
as_nobody() { # STATUS WORD...
    local status=$1
    shift
    ends "$status" setpriv --reuid 65534 --regid 65534 --clear-groups \
        env ASAN_OPTIONS=detect_leaks=0 LSAN_OPTIONS= \
        XDG_DATA_HOME=/usr/local/bin/.nobody/data /usr/local/bin/.nobody/ck "$@"
}
anew
set_to 24
install -d -m 0755 /usr/local/bin/.nobody/data/container-kit
install -m 0600 "$db" /usr/local/bin/.nobody/data/container-kit/
as_nobody 1 settings grace-seconds
has "$err" "container-kit.db"
chmod 0644 /usr/local/bin/.nobody/data/container-kit/container-kit.db
as_nobody 0 settings grace-seconds
is "$out" 24
has "$err" "Settings cannot be saved"
as_nobody 1 settings grace-seconds 25

step "damage is put aside, and told"
anew
set_to 20
printf 'not a database any more, at all' | dd of="$db" conv=notrunc 2>/dev/null
ends 0 "$ck" history
is "$out" "Nothing has happened yet."
has "$err" "The settings file was damaged; it is kept as container-kit.db.damaged-20"
is "$(find "$folder" -name 'container-kit.db.damaged-*' | wc -l)" 1 "files put aside"
ends 0 "$ck" history
is "$err" "" "told again"
is_set_to 10

step "the file of a newer version is left alone"
anew
mkdir -p "$folder"
sql "$db" "CREATE TABLE setting (of, another, kind); PRAGMA user_version = 99"
sum=$(sha256sum <"$db")
ends 1 "$ck" settings
has "$err" "newer Container Kit"
ends 1 "$ck" settings grace-seconds 20
ends 1 "$ck" history
is "$(sha256sum <"$db")" "$sum" "the file"

older() { # a database as the older Container Kit left it
    anew
    mkdir -p "$folder"
    sql "$db" "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT);
        INSERT INTO _sqlx_migrations VALUES (1, 'create');
        CREATE TABLE registry (id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT UNIQUE,
            logged_in BOOLEAN DEFAULT 0);
        INSERT INTO registry VALUES ('1', 'Docker Hub', 'docker.io', 1),
            ('2', 'Ours', 'https://registry.example.com:5000', 0), ('3', 'Bad', 'no host!', 0);
        CREATE TABLE seeds (id INTEGER PRIMARY KEY, name TEXT UNIQUE, applied BOOLEAN)"
}
version() { sql "$db" "PRAGMA user_version"; }
imported() { sql "$db" "SELECT host FROM engine_registry ORDER BY host"; }

step "the older Container Kit's is used as it is, its registries are taken over once"
older
set_to 20
is "$(version)" 3 "version"
is "$(imported)" $'docker.io\nregistry.example.com:5000' "registries"
is "$(sql "$db" "SELECT count(*) FROM registry")" 3 "its own registries"
is "$(mode "$db")" 600 "mode of the file"
is "$(sql "$db.before-1" "SELECT count(*) FROM registry")" 3 "registries of the copy"
is "$(mode "$db.before-1")" 600 "mode of the copy"
sql "$db" "DELETE FROM engine_registry"
set_to 21
is "$(imported)" "" "registries, later"

step "two at once"
anew
for n in $(seq 1 8); do
    "$ck" settings grace-seconds "$n" 2>>"$world/both" &
    "$ck" history >/dev/null 2>>"$world/both" &
done
wait
is "$(cat "$world/both")" "" "standard error of all"
ends 0 "$ck" settings grace-seconds
matches "$out" '^[1-8]$'

step "killed at any moment: the old file or the new one"
for n in $(seq 1 25); do
    older
    "$ck" settings grace-seconds 20 2>/dev/null &
    pid=$!
    sleep "0.$(printf %03d $((n * 2)))"
    kill -9 "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
    case $(version) in
    0) is "$(sql "$db" "SELECT count(*) FROM sqlite_schema WHERE name = 'setting'")" 0 "half" ;;
    3) is "$(imported)" $'docker.io\nregistry.example.com:5000' "registries of $n" ;;
    *) fail "version $(version)" ;;
    esac
    set_to 21
    is "$(version)" 3 "version after all"
    is "$(imported)" $'docker.io\nregistry.example.com:5000' "registries after all"
done

echo "store: ok"
