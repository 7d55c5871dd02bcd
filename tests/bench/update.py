#!/usr/bin/python3
"""update.py PROBE FETCH [MIB] - what it costs to prove that an archive is ours: against a transfer that
nobody looks at, and against the program minisign. Ratios are what counts; the goals stand beside them,
and nothing here passes or fails. What the clock says means something only if nothing else runs.

Runs as root in the world of tests/update/fetch.py: TLS from a server on loopback. 200 MiB without a
number; the memory is that of an archive of the largest size there may be."""
import os
import resource
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../update"))
import fetch  # pylint: disable=wrong-import-position
import payloads  # pylint: disable=wrong-import-position
from roundtrip import Pair  # pylint: disable=wrong-import-position
from servers import World  # pylint: disable=wrong-import-position

MIB = 1 << 20
LARGEST = 256 * MIB
ROUNDS = 5
PACE = 50 * 10 ** 6  # bytes a second


def cost(words):
    """Seconds by the clock and of work of a process that must succeed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    took, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(rounds):
    """Of pairs (clock, work): what else the machine does only ever adds."""
    return tuple(min(column) for column in zip(*rounds))


class Bench:
    def __init__(self, probe, t, size):
        self.probe, self.t = probe, t
        self.pair = Pair(t.folder, "bench")
        self.data = os.urandom(MIB) * (size // MIB)
        self.release = self.publish(sha256=None)
        self.url = "https://files.test" + payloads.PAYLOAD

    def publish(self, **change):
        """As publish.py does it, but for the change."""
        return payloads.Release(self.t, self.pair, self.data, **change)

    def transfer(self, proved):
        """(clock, work) of one in the program that asks, in seconds; and its memory."""
        folder = os.path.join(self.t.folder, "raw")
        os.makedirs(folder, exist_ok=True)
        words = self.release.words(True) if proved else ["raw", self.url, "--folder", folder]
        line, out = self.t.run(words)
        if not line.startswith("accept"):
            sys.exit(f"update.py: {line}")
        before, after, took, worked = map(int, out.split())
        return (took / 1000, worked / 1000), after - before

    def transfers(self, rounds):
        """One after the other in turn, so that what else the machine does hits both."""
        raw, proved = [], []
        for _ in range(rounds):
            raw.append(self.transfer(False)[0])
            proved.append(self.transfer(True)[0])
        return least(raw), least(proved)

    def verifications(self):
        path = os.path.join(self.t.folder, "signed.bin")
        with open(path, "wb") as f:
            f.write(self.data)
        sig = os.path.join(self.t.folder, "bench.minisig")
        with open(sig, "w", encoding="utf-8") as f:
            f.write(self.pair.sign(self.t.folder, self.data))
        ours, theirs = [], []
        for _ in range(ROUNDS):
            theirs.append(cost(["minisign", "-V", "-q", "-p", self.pair.public, "-m", path, "-x", sig]))
            ours.append(cost([self.probe, "sig", "--pubkey", self.pair.public, "--sig", sig, "--file",
                              path]))
        os.unlink(path)
        return least(ours), least(theirs)


def paced(c, headers, data):
    """As from a network of PACE bytes a second."""
    del headers
    c.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data))
    began, sent = time.monotonic(), 0
    while sent < len(data):
        c.sendall(data[sent:sent + MIB])
        sent += MIB
        time.sleep(max(0.0, began + sent / PACE - time.monotonic()))


def report(b, size):
    theirs_text = "minisign -V"
    ours, theirs = b.verifications()
    raw, proved = b.transfers(ROUNDS)
    print(f"{size // MIB} MiB; seconds by the clock and of work, least of {ROUNDS}")
    for what, pair in ((theirs_text, theirs), ("our own verification of a file", ours),
                       ("transfer alone", raw), ("transfer that is proved", proved)):
        print(f"  {what:32} {pair[0]:6.2f} {pair[1]:6.2f}")
    print(f"speed of verification to that of {theirs_text}: {theirs[0] / ours[0]:.2f} by the clock, "
          f"{theirs[1] / ours[1]:.2f} of work (goal: 0.8 or more)")
    for i, what in enumerate(("by the clock", "of work")):
        print(f"proving a transfer to {theirs_text}, {what}: "
              f"{(proved[i] - raw[i]) / theirs[i]:.2f} (goal: 1.1 or less)")
    b.release = b.publish()
    again, _ = b.transfer(True)
    print(f"the same with a SHA-256 in the list, which ours does without: {again[0]:.2f} s by the clock")
    b.release = b.publish(sha256=None)
    b.t.world.files[payloads.PAYLOAD] = lambda c, h: paced(c, h, b.data)
    raw, proved = b.transfers(3)
    print(f"at {PACE // 10 ** 6} MB/s: {raw[0]:.2f} s alone, {proved[0]:.2f} s proved: "
          f"{100 * (proved[0] / raw[0] - 1):+.1f} % (goal: 5 or less)")


def main(probe, program, size):
    with tempfile.TemporaryDirectory() as folder:
        world = World(os.path.join(folder, "certificates"))
        try:
            with fetch.trusted(world, folder):
                t = fetch.Fetch(program, folder, world)
                report(Bench(probe, t, size), size)
                memory = Bench(probe, t, LARGEST).transfer(True)[1]
                print(f"memory for {LARGEST // MIB} MiB: {memory / 1024:.1f} MiB above that of the "
                      "start (goal: 16 or less)")
        finally:
            world.close()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or os.getuid() != 0:
        sys.exit(__doc__)
    if os.environ.get("CK_WORLD") != "net":
        fetch.enter()
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]),
         int(sys.argv[3] if len(sys.argv) > 3 else 200) * MIB)
