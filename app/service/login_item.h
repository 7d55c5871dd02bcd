/* login_item.h - "Open at Login" (mac-behaviour 25; docs/decisions/020).
 *
 * The system keeps the state and the user may change it there at any time, so it is asked each time
 * and never remembered. It is set by a click or a word alone, never at the start. macOS:
 * SMAppService (apple/README.md, "Services around it"); Linux: a file in XDG's autostart folder.
 * Main thread; each call asks another process or the disk, so none belongs into the opening of a
 * menu. */
#ifndef APP_SERVICE_LOGIN_ITEM_H
#define APP_SERVICE_LOGIN_ITEM_H
#include "core/base/fault.h"
#include "core/desktop/place.h"

enum login_item_state {
    LOGIN_ITEM_OFF,
    LOGIN_ITEM_ON,
    LOGIN_ITEM_NEEDS_APPROVAL, /* registered, but switched off in System Settings */
    LOGIN_ITEM_UNAVAILABLE     /* not from here; *why tells the reason */
};

/* *why is a sentence when there is something to say about the state, else its text is "". `place`
 * is ours, `self` our executable. */
enum login_item_state login_item_read(const struct place *place, const char *self,
                                      struct fault *why);
/* RC_OK if the system took it; a first time may then need the user's approval: read it again.
 * RC_DENIED where it is not available. */
NODISCARD enum rc login_item_set(const struct place *place, const char *self, bool on,
                                 struct fault *why);
/* Shows the system's own list of login items. RC_MISSING where there is none. */
NODISCARD enum rc login_item_open_settings(struct fault *why);

#endif
