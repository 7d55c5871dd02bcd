#!/usr/bin/python3
"""offer.py - a server of updates for e2e.sh: real TLS under an authority of its own, real minisign.

    offer.py serve FOLDER      makes FOLDER and the keys in it, then serves FOLDER/www for ever
    offer.py publish FOLDER APP [--critical] [--notes TEXT] [--age SECONDS]
                               packs the folder APP (Name.app), signs it and offers it

FOLDER then has ca.pem, update.pub, and requests: a line for each that came. "serving" is there as
soon as it serves; while there is a "slow" the second half of an answer waits. The program knows the rest from its hooks (docs/decisions/034-update-hooks.md)."""
import argparse
import base64
import hashlib
import io
import json
import os
import ssl
import sys
import tarfile
import time

from roundtrip import minisign
from servers import answer, listen, openssl, read_head, serve

NAME, ADDRESS = "updates.test", ("127.0.1.1", 443)
DAY = 24 * 3600


def make_certificates(folder):
    def path(name):
        return os.path.join(folder, name)

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=ca",
            "-addext", "keyUsage=critical,keyCertSign", "-keyout", path("ca.key"), "-out",
            path("ca.pem"))
    with open(path("ext"), "w", encoding="ascii") as f:
        f.write("subjectAltName=DNS:" + NAME)
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=" + NAME, "-keyout",
            path("server.key"), "-out", path("csr"))
    openssl("x509", "-req", "-in", path("csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"),
            "-CAcreateserial", "-days", "30", "-extfile", path("ext"), "-out", path("server.pem"))


def keys_of(folder):
    return os.path.join(folder, "update.pub"), os.path.join(folder, "update.key")


def respond(folder, connection):
    head = read_head(connection)
    if head is None:
        return
    path = os.path.join(folder, "www", os.path.basename(head[0][1]))
    with open(os.path.join(folder, "requests"), "a", encoding="ascii") as f:
        f.write(head[0][1] + "\n")
    if not os.path.isfile(path):
        connection.sendall(answer(b"not here", "404 Not Found"))
        return
    with open(path, "rb") as f:
        data = answer(f.read())
    connection.sendall(data[:len(data) // 2])
    while os.path.exists(os.path.join(folder, "slow")):
        time.sleep(0.05)
    connection.sendall(data[len(data) // 2:])


def run_server(folder):
    os.makedirs(os.path.join(folder, "www"))
    public, secret = keys_of(folder)
    make_certificates(folder)
    if minisign("-G", "-W", "-p", public, "-s", secret) != 0:
        sys.exit("offer.py: minisign cannot make keys")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))

    def each(raw):
        with context.wrap_socket(raw, server_side=True) as connection:
            respond(folder, connection)

    serve(listen(*ADDRESS), each)
    with open(os.path.join(folder, "serving"), "w", encoding="ascii"):
        pass
    while True:
        time.sleep(3600)


def pack(app):
    """The bytes of a .tar.gz of the folder: plain entries, as a release has them."""
    def plain(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.USTAR_FORMAT) as tar:
        tar.add(app, os.path.basename(app), filter=plain)
    return out.getvalue()


def write(folder, name, data):
    path = os.path.join(folder, "www", name)
    with open(path + ".new", "wb") as f:
        f.write(data)
    os.replace(path + ".new", path)


def sign(folder, data, comment):
    path = os.path.join(folder, "signed")
    with open(path, "wb") as f:
        f.write(data)
    if minisign("-S", "-s", keys_of(folder)[1], "-m", path, "-x", path + ".sig", "-t", comment) != 0:
        sys.exit("offer.py: minisign cannot sign")
    with open(path + ".sig", "rb") as f:
        return f.read()


def publish(folder, app, critical, notes, age):
    with open(os.path.join(app, "Contents/Resources/release.json"), encoding="utf-8") as f:
        made = json.load(f)
    version, target = made["version"], made["targets"][0] if "targets" in made else made["target"]
    archive, now = f"ContainerKit-{version}-{target}.tar.gz", int(time.time()) - age
    data = pack(app)
    signature = sign(folder, data, f"timestamp:{now}\tfile:{archive}\tversion:{version}\t"
                                   f"target:{target}")
    manifest = json.dumps({
        "schema": 1, "app_id": made["app_id"], "version": version, "notes": notes,
        "critical": critical,
        "expires": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now + 30 * DAY)),
        "platforms": {target: {
            "url": f"https://{NAME}/{archive}", "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "signature": base64.b64encode(signature).decode()}}}).encode()
    write(folder, archive, data)
    write(folder, "latest.json.minisig",
          sign(folder, manifest, f"timestamp:{now}\tfile:latest.json\tversion:{version}"))
    write(folder, "latest.json", manifest)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("what", choices=("serve", "publish"))
    words.add_argument("folder")
    words.add_argument("app", nargs="?")
    words.add_argument("--critical", action="store_true")
    words.add_argument("--notes", default="")
    words.add_argument("--age", type=int, default=0)
    got = words.parse_args()
    if got.what == "serve":
        run_server(got.folder)
    publish(got.folder, got.app, got.critical, got.notes, got.age)


if __name__ == "__main__":
    main()
