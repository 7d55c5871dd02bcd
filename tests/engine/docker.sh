#!/usr/bin/env bash
# docker.sh - the docker engine with real docker clients: Debian's 20.10.24, whose `--format json`
# is the old one, and a newer one if the machine has it. Real containers: podman's API is the daemon.
. tests/lib.sh
in_world "$@"
unset DISPLAY

old_docker() { # unpacks Debian's client under build/ and never installs it; prints its path
    local folder=$PWD/build/docker-cli
    if [ ! -x "$folder/docker" ]; then
        rm -rf "$folder" && mkdir -p "$folder"
        (cd "$folder" && apt-get download -qq docker.io >/dev/null 2>&1) ||
            fail "apt-get cannot download docker.io"
        dpkg-deb --fsys-tarfile "$folder"/docker.io_*.deb | tar -xO ./usr/bin/docker >"$folder/new"
        chmod 0755 "$folder/new" && mv "$folder/new" "$folder/docker" && rm "$folder"/*.deb
    fi
    echo "$folder/docker"
}

start_service() {
    rm -f "$world/s"
    podman system service --time 0 "unix://$world/s" >"$world/service.log" 2>&1 </dev/null &
    service=$!
    at_exit "kill $service 2>/dev/null; wait $service 2>/dev/null"
    wait_for 20 test -S "$world/s"
}

stop_service() {
    kill "$service"
    wait "$service" || true
}

drive() { # CLIENT: everything that the menu does, through this docker
    local version
    give docker "$1"
    version=$(/usr/local/bin/docker --version | sed 's/^Docker version \([0-9.]*\).*/\1/')
    step "docker $version: list"
    ends 0 "$ck" doctor --json
    matches "$out" "\"engine\":\"docker\",\"state\":\"running\",\"trusted\":true"
    has "$out" "\"version\":\"$version\""
    is "$(listed --engine docker)" $'batch stopped\ncold created\ndb running\nweb running'
    "$ck" list --json --engine docker >"$world/ours"
    podman ps --all --format json >"$world/theirs"
    /usr/bin/python3 - "$world/ours" "$world/theirs" <<'EOT'
import json, sys
ours = {c["id"]: c for c in json.load(open(sys.argv[1]))}
theirs = {c["Id"]: c for c in json.load(open(sys.argv[2]))}
assert ours.keys() == theirs.keys(), (ours.keys(), theirs.keys())
for id_, c in ours.items():
    assert c["name"] == theirs[id_]["Names"][0] and c["image"] == theirs[id_]["Image"], c
    assert c["engine"] == "docker", c
named = {c["name"]: c for c in ours.values()}
assert named["batch"]["exit_code"] == 3 and named["db"]["project"] == "shop", named
EOT

    step "docker $version: a name that two engines have needs --engine"
    ends 2 "$ck" stop web
    has "$err" "--engine"
    is "$(state_of web)" running

    step "docker $version: actions"
    ends 0 "$ck" stop --engine docker web
    is "$(state_of web)" exited
    ends 0 "$ck" start --engine docker web
    is "$(state_of web)" running
    ends 0 "$ck" restart --engine docker -t 1 "$(id_of web | cut -c1-12)"
    is "$(state_of web)" running
    ends 0 "$ck" pause --engine docker web
    is "$(state_of web)" paused
    ends 0 "$ck" unpause --engine docker web
    ends 0 "$ck" kill --engine docker web
    wait_for 10 state_is web exited
    ends 1 "$ck" kill --engine docker web
    matches "$err" "^container-kit: kill web: ."
    ends 0 "$ck" start --engine docker web
    ends 0 "$ck" logs --engine docker batch
    is "$out/$err" "one/two"

    step "docker $version: watch sees what others do, and the daemon going and coming"
    start_watch
    wait_for 20 saw 'docker  -  .* -> running: 2 of 4'
    podman kill web >/dev/null
    wait_for 10 saw 'docker  web  running -> stopped'
    podman start web >/dev/null
    wait_for 10 saw 'docker  web  stopped -> running'
    watch_from_here
    stop_service
    wait_for 20 saw 'docker  -  running -> stopped'
    saw 'docker .* -> gone' && fail "a daemon that is gone emptied the list"
    ends 3 "$ck" list --engine docker
    is "$out" ""
    ends 0 "$ck" list
    start_service
    wait_for 70 saw 'docker  -  stopped -> running: 2 of 4'
    saw 'docker  (web|db|cold|batch)  ' && fail "the containers did not change"
    stop_watch TERM
}

client=$(old_docker)
podman_world
container web
podman run -d --name db --label com.docker.compose.project=shop localhost/ck-test:1 sleep 600 >/dev/null
podman create --name cold localhost/ck-test:1 sleep 600 >/dev/null
podman run --name batch localhost/ck-test:1 sh -c 'echo one; echo two >&2; exit 3' >/dev/null 2>&1 || true
start_service
export DOCKER_HOST=unix://$world/s
drive "$client"
is "$(/usr/local/bin/docker ps --format json | sort -u)" json "the old client's answer"

newer=/usr/local/bin/.machine/docker
if [ -x "$newer" ] && ! cmp -s "$newer" "$client"; then
    drive "$newer"
else
    step "no other docker on this machine"
fi
