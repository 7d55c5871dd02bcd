#!/usr/bin/python3
"""Fetching from servers that lie, stall, never stop or are somebody else's.

    fetch.py PROGRAM       PROGRAM is tests/update/fetch.c, built

Runs as root in a network and a mount namespace of its own: there the names of servers.py lead to
loopback, and the one authority that the system trusts is the test's. The program that is asked
knows of no test. Numbers are rows of the attack table (updates.md, section 9).
Ends with "N passed, M failed" and a status that is not zero if anything differs."""
import contextlib
import os
import subprocess
import sys
import tempfile

import payloads
from servers import ADDRESS, BODY, NAMES, PROXY, World
from tell import Tell

FOREIGN = "evil.test"  # the one that is not in the list of hosts
TRUSTED = "/etc/ssl/certs/ca-certificates.crt"
QUICK = ["--total-ms", "2500"]
OLD_TLS = "openssl_conf=o\n[o]\nssl_conf=s\n[s]\nsystem_default=d\n[d]\nMinProtocol=TLSv1\n" \
          "CipherString=DEFAULT@SECLEVEL=0\n"


def row(number, name, path, want, words=(), **more):
    url = path if "://" in path else "https://good.test" + path
    return f"row {number}: {name}", ["get", url, *words], want, more


REFUSED_HOPS = [("evil", "url"), ("http", "url"), ("file", "url"), ("user", "url"),
                ("port", "url"), ("dot", "url"), ("slashes", "url"), ("ip", "url"),
                ("scheme", "url")]
GETS = [
    row(0, "a body", "/ok", "accept 9"), row(0, "no body", "/empty", "accept 0"),
    row(0, "no length", "/no-length", "accept 9"),
    row(0, "exactly the cap", "/ok", "accept 9", ["--max", "9"]),
    row(0, "nothing is unpacked", "/gzip", "accept 9"),
    row(1, "http", "http://good.test/ok", "reject url"),
    *[row("2, 3", f"a redirect to {to}", "/to-" + to, "reject " + want)
      for to, want in REFUSED_HOPS],
    row(3, "a redirect here", "/to-ok", "accept 9"),
    row(3, "a whole redirect", "/to-whole", "accept 9"),
    row(3, "a redirect to another host of ours", "/to-files", "accept 9"),
    row(3, "a loop", "/loop", "reject url"), row(3, "5 hops", "/hops/5", "accept 9"),
    row(3, "6 hops", "/hops/6", "reject url"), row(3, "nowhere", "/nowhere", "reject status"),
    row(3, "cookies stay here", "/cookie", "accept 9"),
    row(4, "large letters", "https://Good.TEST/ok", "accept 9"),
    row(4, "another host", "https://evil.test/ok", "reject url"),
    row(5, "expired", "https://expired.test/ok", "reject tls"),
    row(5, "not yet valid", "https://future.test/ok", "reject tls"),
    row(5, "another's name", "https://wrong.test/ok", "reject tls"),
    row(5, "self-signed", "https://self.test/ok", "reject tls"),
    row(5, "an unknown authority", "https://unknown.test/ok", "reject tls"),
    row(5, "TLS 1.1", "https://old.test/ok", "reject tls", old_tls=True),
    row(5, "TLS 1.2 in the same world", "https://new.test/ok", "accept", old_tls=True),
    row(16, "one more than the cap", "/ok", "reject size", ["--max", "8"]),
    row(16, "one more, no length", "/no-length", "reject size", ["--max", "8"]),
    row(16, "endless", "/endless", "reject size", ["--max", "1000000"]),
    row(16, "an endless redirect", "/endless-redirect", "reject size"),
    row(16, "endless headers", "/endless-headers", "reject size"),
    row(16, "a huge length", "/huge-told", "reject size"),
    row(17, "slow headers", "/slow-headers", "reject slow", QUICK),
    row(17, "slow body, whole time", "/slow-body", "reject slow", QUICK),
    row(17, "slow body, speed", "/slow-body", "reject slow", ["--slow-s", "1"]),
    row(17, "slow headers, speed", "/slow-headers", "reject slow", ["--slow-s", "1"]),
    row(17, "a trickle above the speed", "/trickle", "reject slow", QUICK),
    row(17, "TLS that stalls", "https://stalled.test/x", "reject slow", ["--connect-ms", "700"]),
    row(17, "stopped while it stalls", "https://stalled.test/x", "reject cancelled",
        ["--stop-ms", "200"]),
    row(17, "stopped in a body", "/trickle", "reject cancelled", ["--stop-ms", "600"]),
    row(18, "cut at the last byte", "/more-told", "reject network"),
    row(18, "cut at 0", "/cut-at-0", "reject network"),
    row(18, "cut between chunks", "/chunks-cut", "reject network"),
    row(18, "no answer", "/nothing", "reject network"),
    row(18, "a NUL in a header", "/nul", "reject network"),
    row(18, "garbage", "/garbage", "reject network"), row(18, "HTTP/0.9", "/0.9", "reject network"),
    row(37, "404", "/404", "reject status"), row(37, "500", "/500", "reject status"),
    row(37, "429", "/429", "reject status"), row(37, "204", "/204", "reject status"),
    row(37, "401", "/401", "reject status"), row(37, "a part unasked", "/206", "reject status"),
    row(37, "nobody there", "https://closed.test/x", "reject network"),
]


class Fetch(Tell):
    """Asks the program. Its environment is full of what it must not listen to."""

    def __init__(self, program, folder, world):
        super().__init__(program)
        self.folder, self.world = folder, world
        with open(os.path.join(folder, ".netrc"), "w", encoding="ascii") as f:
            f.write("default login alice password secret\n")
        with open(os.path.join(folder, "old-tls"), "w", encoding="ascii") as f:
            f.write(OLD_TLS)

    def environment(self, old_tls):
        nowhere = "http://127.0.0.1:1"
        env = {"PATH": os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C",
               "https_proxy": nowhere, "HTTPS_PROXY": nowhere, "ALL_PROXY": nowhere,
               "CURL_CA_BUNDLE": "/dev/null", "CURL_HOME": self.folder}
        for name in os.environ:
            if name.endswith("SAN_OPTIONS"):
                env[name] = os.environ[name]
        if old_tls:
            env["OPENSSL_CONF"] = os.path.join(self.folder, "old-tls")
        return env

    def run(self, words, old_tls=False):
        """The last line of standard error without its sentence, and standard output."""
        hosts = ["good.test", "files.test", words[1].split("/")[2]]
        hosts = ",".join(h for h in hosts if h != FOREIGN)
        done = subprocess.run([self.probe, *words, "--hosts", hosts], stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=60, check=False,
                              env=self.environment(old_tls))
        err = done.stderr.decode(errors="replace")
        if done.returncode not in (0, 1) or len(err.splitlines()) != 1:
            return f"status {done.returncode}: {err}", done.stdout
        return err.split(":")[0].strip(), done.stdout

    def gives(self, name, words, want, old_tls=False):
        line, out = self.run(words, old_tls)
        return self.same(name, line if want != "accept" else line.split(" ")[0], want) and out


def check_gets(t):
    for name, words, want, more in GETS:
        seen = len(t.world.seen)
        out = t.gives(name, words, want, **more)
        if want.startswith("accept 9"):
            t.same(name + ", body", out, BODY)
        for host, path, headers in t.world.seen[seen:]:
            for header in ("cookie", "authorization", "accept-encoding", "referer"):
                t.same(f"{name}: {host}{path} was told {header}", headers.get(header), None)
            t.same(name + ", agent", headers["user-agent"], "containerkit/1.1.0 (test 26.0; x)")
    t.same("row 2: nobody asked in plain text", t.world.plain, [])
    t.same("rows 3, 4: nothing was sent to others",
           [s for s in t.world.seen if s[0] == FOREIGN], [])
    t.same("row 5: no request to who could not prove its name",
           [s for s in t.world.seen if s[0] not in ("good.test", "files.test")], [])


def check_proxy(t):
    proxy = ["--proxy", "http://%s:%d" % PROXY]
    url = "https://good.test/ok"
    t.same("without a proxy none was asked", t.world.tunnels, [])
    t.gives("through a proxy", ["get", url, *proxy], "accept 9")
    t.same("it was asked", t.world.tunnels, ["CONNECT good.test:443"])
    for number, (name, noproxy, used) in enumerate((
            ("an exception", "good.test", False), ("one for all below", "test", False),
            ("all", "*", False), ("another exception", "files.test,ood.test", True))):
        t.world.tunnels.clear()
        t.gives(f"{name} ({number})", ["get", url, *proxy, "--noproxy", noproxy], "accept 9")
        t.same(name + ", used", bool(t.world.tunnels), used)
    t.gives("a redirect through a proxy", ["get", "https://good.test/to-files", *proxy], "accept 9")
    t.gives("the server behind a proxy proves its name",
            ["get", "https://expired.test/ok", *proxy], "reject tls")
    t.gives("a proxy that is not there", ["get", url, "--proxy", "http://127.0.0.1:1"],
            "reject network")


def check_names(t):
    """Row 17: nobody waits for a name server, which is asked again after some seconds."""
    for name, words, want in (("stopped", ["--stop-ms", "300"], "cancelled"),
                              ("slow", ["--connect-ms", "300"], "slow")):
        t.world.names_asked()
        t.gives("row 17: a name server that does not answer, " + name,
                ["get", "https://nobody.test/ok", *words], "reject " + want)
        t.same(name + ", asked once, for both kinds of addresses", t.world.names_asked() <= 2, True)


def old_tls_is_spoken(t):
    """Without our own minimum this world would take TLS 1.1, so the row above shows that."""
    done = subprocess.run(["openssl", "s_client", "-connect", ADDRESS["old.test"] + ":443",
                           "-tls1_1"], input=b"", capture_output=True, timeout=20, check=False,
                          env=t.environment(True))
    t.same("TLS 1.1 is spoken here", b"TLSv1.1" in done.stdout, True)


@contextlib.contextmanager
def trusted(world, folder):
    """The system knows the names of the world, and trusts its authority alone."""
    with open(os.path.join(folder, "hosts"), "w", encoding="ascii") as f:
        f.writelines(f"{address} {name}\n" for name, address in ADDRESS.items())
    with open(os.path.join(folder, "resolv.conf"), "w", encoding="ascii") as f:
        f.write(f"nameserver {NAMES[0]}\n")
    places = {"/etc/hosts": os.path.join(folder, "hosts"),
              "/etc/resolv.conf": os.path.join(folder, "resolv.conf"),
              TRUSTED: world.certificates.path("ca.pem")}
    for theirs, ours in places.items():
        subprocess.run(["mount", "--bind", ours, theirs], check=True)
    yield
    for theirs in places:
        subprocess.run(["umount", theirs], check=True)


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        world = World(os.path.join(folder, "certificates"))
        try:
            with trusted(world, folder):
                t = Fetch(program, folder, world)
                old_tls_is_spoken(t)
                check_gets(t)
                check_proxy(t)
                check_names(t)
                payloads.check(t)
            return t.close()
        finally:
            world.close()


def enter():
    """The same again in namespaces of its own."""
    words = [sys.executable, "-B", *sys.argv]
    os.execvp("unshare", ["unshare", "--mount", "--net", "--propagation", "private", "sh", "-c",
                          'ip link set lo up && exec "$@"', "sh", "env", "CK_WORLD=net", *words])


if __name__ == "__main__":
    if len(sys.argv) != 2 or os.getuid() != 0:
        sys.exit(__doc__)
    if os.environ.get("CK_WORLD") != "net":
        enter()
    sys.exit(main(os.path.abspath(sys.argv[1])))
