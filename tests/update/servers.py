"""servers.py - servers on loopback, most of them bad, for fetch.py.

Each has a name under .test, an address of its own and port 443, so that the program's own rules
about addresses hold; its certificate comes from an authority that is made for the run."""
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time

LONG_AGO, SOME_DAY = "2020-01-01", "2040-01-01"
GOOD = ("good.test", "evil.test", "files.test")
# name -> which certificate it shows; None: a server of another kind
SERVERS = {"good.test": "good", "evil.test": "good", "files.test": "good", "expired.test": "expired",
           "future.test": "future", "wrong.test": "good", "self.test": "self",
           "unknown.test": "unknown", "stalled.test": None, "old.test": None, "new.test": None,
           "closed.test": None}
ADDRESS = {name: f"127.0.1.{i + 1}" for i, name in enumerate(SERVERS)}
PROXY = "127.0.2.1", 3128
NAMES = "127.0.2.2", 53  # a name server that never answers
ENDLESS_MAX = 64 << 20  # what a server sends without end, before the test fails


def openssl(*words, when=None):
    before = [] if when is None else ["faketime", when + " 12:00:00"]
    subprocess.run([*before, "openssl", *words], check=True, capture_output=True, timeout=60)


class Certificates:
    def __init__(self, folder):
        self.folder = folder
        os.mkdir(folder)
        self.authority("ca")
        self.authority("strange")
        self.make("good", GOOD)
        self.make("expired", ["expired.test"], when=LONG_AGO)
        self.make("future", ["future.test"], when=SOME_DAY)
        self.make("unknown", ["unknown.test"], by="strange")
        self.make("plain", ["old.test", "new.test"])
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
                "/CN=self.test", "-addext", "subjectAltName=DNS:self.test", "-keyout",
                self.path("self.key"), "-out", self.path("self.pem"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def authority(self, name):
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "14000", "-subj",
                f"/CN={name}", "-addext", "keyUsage=critical,keyCertSign", "-keyout",
                self.path(name + ".key"), "-out", self.path(name + ".pem"), when="2019-01-01")

    def make(self, name, hosts, by="ca", when=None):
        with open(self.path("ext"), "w", encoding="ascii") as f:
            f.write("subjectAltName=" + ",".join("DNS:" + h for h in hosts))
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={hosts[0]}", "-keyout",
                self.path(name + ".key"), "-out", self.path("csr"))
        openssl("x509", "-req", "-in", self.path("csr"), "-CA", self.path(by + ".pem"), "-CAkey",
                self.path(by + ".key"), "-CAcreateserial", "-days", "30", "-extfile",
                self.path("ext"), "-out", self.path(name + ".pem"), when=when)

    def context(self, name):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path(name + ".pem"), self.path(name + ".key"))
        return context


def listen(address, port):
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind((address, port))
    s.listen(32)
    return s


def serve(listener, each):
    """each(connection) on a thread of its own; what the other side breaks off is its right."""
    def one(connection):
        try:
            with connection:
                each(connection)
        except OSError:
            pass

    def accept():
        while True:
            threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


def read_head(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        more = connection.recv(4096)
        if not more:
            return None
        head += more
    lines = head.decode().split("\r\n")
    return lines[0].split(" "), dict(x.lower().split(": ", 1) for x in lines[1:] if ": " in x)


def answer(body, status="200 OK", *headers, length=True):
    lines = ["HTTP/1.1 " + status, "Connection: close", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def redirect(to):
    return answer(b"elsewhere", "302 Found", "Location: " + to)


BODY = b"the body\n"
FIXED = {  # path -> all of the answer
    "/ok": answer(BODY), "/empty": answer(b""), "/no-length": answer(BODY, length=False),
    "/404": answer(b"not here", "404 Not Found"), "/500": answer(b"", "500 Oops"),
    "/429": answer(b"", "429 Too Many Requests"), "/204": answer(b"", "204 No Content"),
    "/401": answer(b"", "401 Unauthorized", 'WWW-Authenticate: Basic realm="x"'),
    "/206": answer(BODY, "206 Partial Content", "Content-Range: bytes 0-8/9"),
    "/gzip": answer(BODY, "200 OK", "Content-Encoding: gzip"),
    "/0.9": BODY, "/nothing": b"", "/garbage": b"\x00\x01\x02 not http\r\n\r\n",
    "/more-told": answer(BODY[:-1], "200 OK", "Content-Length: 9", length=False),
    "/cut-at-0": answer(b"", "200 OK", "Content-Length: 9", length=False),
    "/chunks-cut": answer(b"9\r\n" + BODY + b"\r\n", "200 OK", "Transfer-Encoding: chunked",
                          length=False),
    "/nul": answer(BODY, "200 OK", "X-Nul: a\0b"), "/huge-told": answer(b"", "200 OK", "Content-Length: 1000000000000", length=False),
    "/to-ok": redirect("/ok"), "/to-whole": redirect("https://good.test/ok"),
    "/to-files": redirect("https://files.test/ok"), "/to-evil": redirect("https://evil.test/ok"),
    "/to-http": redirect("http://good.test/ok"), "/to-file": redirect("file:///etc/passwd"),
    "/to-user": redirect("https://a:b@good.test/ok"), "/loop": redirect("/loop"),
    "/to-port": redirect("https://good.test:8443/ok"), "/to-dot": redirect("https://good.test./ok"),
    "/to-slashes": redirect("https:///evil.test/ok"), "/to-ip": redirect("https://127.0.1.2/ok"),
    "/to-scheme": redirect("//evil.test/ok"), "/nowhere": answer(b"", "302 Found"),
    "/cookie": answer(b"", "302 Found", "Location: /ok", "Set-Cookie: a=b; Path=/"),
}


def endless(c):
    for _ in range(ENDLESS_MAX // 65536):
        c.sendall(bytes(65536))


def drip(c, piece, seconds):
    while True:
        c.sendall(piece)
        time.sleep(seconds)


def special(c, path):
    """Answers that take time, or have no end."""
    head = b"HTTP/1.1 200 OK\r\n"
    if path.startswith("/hops/"):
        n = int(path[6:])
        c.sendall(redirect(f"/hops/{n - 1}") if n > 0 else FIXED["/ok"])
    elif path == "/endless":
        c.sendall(head + b"\r\n")
        endless(c)
    elif path == "/endless-redirect":
        c.sendall(b"HTTP/1.1 302 Found\r\nLocation: /ok\r\n\r\n")
        endless(c)
    elif path == "/endless-headers":
        c.sendall(head)
        for i in range(1000000):
            c.sendall(b"X-%d: %s\r\n" % (i, b"x" * 1000))
    elif path == "/slow-headers":
        c.sendall(head + b"X-Slow: ")
        drip(c, b"x", 0.2)
    elif path == "/slow-body":
        c.sendall(head + b"\r\n")
        drip(c, b"x", 0.2)
    elif path == "/trickle":
        c.sendall(head + b"\r\n")
        drip(c, bytes(4096), 0.1)
    else:
        c.sendall(FIXED.get(path, FIXED["/404"]))


class World:
    """All servers. `seen` has (host, path, headers) of each request; `files` maps a path of
    files.test to a function of (connection, headers)."""

    def __init__(self, folder):
        self.certificates = Certificates(folder)
        self.seen, self.files, self.plain, self.tunnels = [], {}, [], []
        self.children = []
        for name, certificate in SERVERS.items():
            if certificate is not None:
                self.tls(name, self.certificates.context(certificate))
        serve(listen(ADDRESS["good.test"], 80), self.plain.append)
        serve(listen(ADDRESS["stalled.test"], 443), lambda c: c.recv(1 << 20) and time.sleep(3600))
        serve(listen(*PROXY), self.proxy)
        self.names = socket.socket(type=socket.SOCK_DGRAM)
        self.names.bind(NAMES)
        self.names.setblocking(False)
        self.openssl_server("old.test", "-tls1_1")
        self.openssl_server("new.test", "-tls1_2")

    def tls(self, name, context):
        def each(raw):
            with context.wrap_socket(raw, server_side=True) as c:
                request = read_head(c)
                if request is None:
                    return
                path, headers = request[0][1], request[1]
                self.seen.append((name, path, headers))
                if name == "files.test" and path in self.files:
                    self.files[path](c, headers)
                else:
                    special(c, path)

        serve(listen(ADDRESS[name], 443), each)

    def openssl_server(self, name, protocol):
        # pylint: disable=consider-using-with
        self.children.append(subprocess.Popen(
            ["openssl", "s_server", "-accept", ADDRESS[name] + ":443", "-www", protocol, "-cipher",
             "ALL:@SECLEVEL=0", "-cert", self.certificates.path("plain.pem"), "-key",
             self.certificates.path("plain.key")], stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        while self.children[-1].poll() is None:
            try:
                socket.create_connection((ADDRESS[name], 443)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise RuntimeError("openssl s_server does not start")

    def proxy(self, c):
        words = read_head(c)[0]
        self.tunnels.append(" ".join(words[:2]))
        name, port = words[1].rsplit(":", 1)
        if name == "evil.test":
            c.sendall(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection((ADDRESS[name], int(port))) as to:
            c.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            back = threading.Thread(target=pump, args=(to, c), daemon=True)
            back.start()
            pump(c, to)
            back.join()

    def names_asked(self):
        """How many questions came to the name server since the last time."""
        n = 0
        try:
            while self.names.recv(512):
                n += 1
        except BlockingIOError:
            return n

    def close(self):
        for child in self.children:
            child.kill()
            child.wait()
        shutil.rmtree(self.certificates.folder, ignore_errors=True)


def pump(one, other):
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        pass
