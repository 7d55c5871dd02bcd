# shellcheck shell=bash
# registry.sh - a real registry on loopback for tests: Debian's docker-registry, unpacked under build/
# and never installed, with TLS of a certificate authority of its own and one user.
#
# Source it after in_world. $registry is its HOST:PORT, $registry_ca the authority's certificate;
# the user is alice, her password $registry_password.
# shellcheck disable=SC2154  # $world is of tests/lib.sh
registry_password='right pw / ünïcode'

registry_program() { # prints its path
    local folder=$PWD/build/docker-registry
    if [ ! -x "$folder/docker-registry" ]; then
        mkdir -p "$folder"
        (cd "$folder" && apt-get download -qq docker-registry >/dev/null 2>&1) ||
            fail "apt-get cannot download docker-registry"
        dpkg-deb --fsys-tarfile "$folder"/docker-registry_*.deb |
            tar -xO ./usr/bin/docker-registry >"$folder/new.$$"
        chmod 0755 "$folder/new.$$" && mv "$folder/new.$$" "$folder/docker-registry"
        rm -f "$folder"/*.deb
    fi
    echo "$folder/docker-registry"
}

docker_client() { # prints the path of Debian's docker client, unpacked as in tests/engine/docker.sh
    local folder=$PWD/build/docker-cli
    if [ ! -x "$folder/docker" ]; then
        mkdir -p "$folder"
        (cd "$folder" && apt-get download -qq docker.io >/dev/null 2>&1) ||
            fail "apt-get cannot download docker.io"
        dpkg-deb --fsys-tarfile "$folder"/docker.io_*.deb | tar -xO ./usr/bin/docker >"$folder/new.$$"
        chmod 0755 "$folder/new.$$" && mv "$folder/new.$$" "$folder/docker"
    fi
    echo "$folder/docker"
}

free_port() {
    /usr/bin/python3 -c '
import socket
s = socket.socket()
s.bind(("127.0.0.1", 0))
print(s.getsockname()[1])'
}

registry_certificates() { # FOLDER: an authority, and a certificate of it for 127.0.0.1
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=Test CA' \
        -keyout "$1/ca.key" -out "$1/ca.crt" 2>/dev/null
    openssl req -newkey rsa:2048 -nodes -subj '/CN=127.0.0.1' \
        -keyout "$1/key" -out "$1/csr" 2>/dev/null
    openssl x509 -req -in "$1/csr" -CA "$1/ca.crt" -CAkey "$1/ca.key" -CAcreateserial -days 2 \
        -extfile <(echo subjectAltName=IP:127.0.0.1) -out "$1/crt" 2>/dev/null
}

registry_answers() { curl -so /dev/null --cacert "$registry_ca" "https://$registry/v2/"; }

registry_start() {
    local folder=$world/registry port program
    program=$(registry_program)
    mkdir -p "$folder/data"
    port=$(free_port)
    registry=127.0.0.1:$port registry_ca=$folder/ca.crt
    registry_certificates "$folder"
    # bcrypt, by the C library's crypt()
    p=$registry_password perl -e 'print "alice:" .
        crypt($ENV{p}, q($2y$05$abcdefghijklmnopqrstuu)) . "\n"' >"$folder/htpasswd"
    cat >"$folder/config.yml" <<EOT
version: 0.1
storage:
    filesystem: {rootdirectory: $folder/data}
http: {addr: "$registry", tls: {certificate: $folder/crt, key: $folder/key}}
auth: {htpasswd: {realm: test, path: $folder/htpasswd}}
EOT
    # of the environment REGISTRY_... would be settings of its own
    env -i "$program" serve "$folder/config.yml" >"$folder/log" 2>&1 </dev/null &
    registry_pid=$!
    at_exit "kill -9 $registry_pid 2>/dev/null; wait $registry_pid 2>/dev/null"

    wait_for 20 registry_answers
}

registry_known_to_podman() {
    mkdir -p "$HOME/.config/containers/certs.d/$registry"
    cp "$registry_ca" "$HOME/.config/containers/certs.d/$registry/ca.crt"
}

# A listener that takes connections and never says a word; $silent is its HOST:PORT.
registry_silent() {
    : >"$world/silent.port"
    /usr/bin/python3 -c '
import signal, socket, sys
s = socket.socket()
s.bind(("127.0.0.1", 0))
s.listen(8)
print(s.getsockname()[1], flush=True)
signal.pause()' >"$world/silent.port" &
    at_exit "kill -9 $! 2>/dev/null; wait $! 2>/dev/null"
    wait_for 10 test -s "$world/silent.port"
    # shellcheck disable=SC2034 # for the test
    silent=127.0.0.1:$(cat "$world/silent.port")
}
