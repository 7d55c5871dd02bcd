#!/usr/bin/python3 -I
"""polkit_agent.py MODE COMMAND... - runs the command with a polkit agent of its own, which does not
ask: `dismiss` closes every question at once, `hang` leaves it open. Ends as the command does.

The agent is registered for the process that becomes the command: that is whom polkit finds when
pkexec, a child of it, asks on its behalf."""
import os
import sys
import threading

import dbus
import dbus.mainloop.glib
import dbus.service
from gi.repository import GLib

AGENT = "org.freedesktop.PolicyKit1.AuthenticationAgent"
PATH = "/agent"


class Cancelled(dbus.DBusException):
    _dbus_error_name = "org.freedesktop.PolicyKit1.Error.Cancelled"


class Agent(dbus.service.Object):
    def __init__(self, bus, mode):
        super().__init__(bus, PATH)
        self.mode = mode

    @dbus.service.method(
        AGENT, in_signature="sssa{ss}saa(sa{sv})", out_signature="", async_callbacks=("done", "fail")
    )
    def BeginAuthentication(self, _action, _text, _icon, _details, _cookie, _who, done, fail):
        if self.mode == "dismiss":
            fail(Cancelled("closed"))

    @dbus.service.method(AGENT, in_signature="s", out_signature="")
    def CancelAuthentication(self, _cookie):
        pass


def start_time(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        return int(file.read().rsplit(")", 1)[1].split()[19])


def become(command, ready):
    """Waits until its agent is there."""
    os.read(ready, 1)
    os.execv(command[0], command)


def main(mode, command):
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        become(command, wait)
    for name in ("LD_PRELOAD", "FAKETIME"):
        os.environ.pop(name, None)
    dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
    bus = dbus.SystemBus()
    agent = Agent(bus, mode)
    subject = (
        "unix-process",
        {"pid": dbus.UInt32(child), "start-time": dbus.UInt64(start_time(child))},
    )
    polkit = bus.get_object("org.freedesktop.PolicyKit1", "/org/freedesktop/PolicyKit1/Authority")
    polkit.RegisterAuthenticationAgent(
        subject, "C", PATH, dbus_interface="org.freedesktop.PolicyKit1.Authority"
    )
    os.write(go, b"x")
    loop = GLib.MainLoop()
    status = []

    def reap():
        status.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        loop.quit()

    threading.Thread(target=reap, daemon=True).start()
    loop.run()
    del agent
    return status[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
