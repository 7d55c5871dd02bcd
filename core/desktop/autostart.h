/* autostart.h - the text of the file with which a Linux desktop opens the program at login.
 *
 * freedesktop.org: "Desktop Entry Specification" (key files, Exec quoting, Hidden) and "Desktop
 * Application Autostart Specification". Pure: text in, text out; the login item of Linux owns the
 * file. What a person changed in it stays, and a file that is no desktop entry is left alone.
 * Threads: any. Memory: none of its own. */
#ifndef CORE_DESKTOP_AUTOSTART_H
#define CORE_DESKTOP_AUTOSTART_H
#include "core/base/buf.h"
#include "core/base/fault.h"
#include "core/base/sys.h"

#define AUTOSTART_FILE "com.ethercorps.container-kit.desktop"
#define AUTOSTART_WORD "--login" /* tells the program that the login started it */
#define AUTOSTART_BYTES_MAX ((size_t)64 << 10)

enum autostart_state {
    AUTOSTART_OFF,   /* Hidden=true, or X-GNOME-Autostart-enabled=false */
    AUTOSTART_ON,    /* something is opened at login */
    AUTOSTART_BROKEN /* no desktop entry, or one that starts nothing */
};

struct autostart {
    enum autostart_state state;
    char program[SYS_PATH_MAX]; /* the first word of Exec, "" if there is none or too long a one */
    bool moved;                 /* it is a container-kit, but not `self` */
};

/* What the bytes say; `self` is our own executable, absolute. */
void autostart_read(const char *bytes, size_t len, const char *self, struct autostart *out);
/* The whole text of a fresh file into *out, which is cleared. RC_DENIED if no desktop entry can
 * start `self`: a control character, "=", or no UTF-8 in it. RC_TOO_BIG over the cap of *out. */
NODISCARD enum rc autostart_new(const char *self, struct buf *out, struct fault *why);
/* The bytes with the program switched on or off, into *out, which is cleared; it stays empty when
 * the file is to be removed. All other lines stay as they are; when it is switched on, a program
 * that has moved gets its new path. RC_DENIED also for a broken one. */
NODISCARD enum rc autostart_change(const char *bytes, size_t len, const char *self, bool on,
                                   struct buf *out, struct fault *why);

#endif
