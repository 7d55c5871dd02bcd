/* icon_watch.h - looks whether the status icon can be seen: 5 and 15 seconds after its making, and
 * when asked (mac-behaviour 7). Only looks: making the icon anew would not help, and in a loop it
 * would make things worse. Main thread. */
#ifndef APP_COCOA_ICON_WATCH_H
#define APP_COCOA_ICON_WATCH_H
#include "app/cocoa/objc.h"
#include "core/desktop/placement.h"

struct icon_watch;

/* `missing` is called once if both looks found it missing; not from inside a menu or a click.
 * `button` is the status item's, borrowed. */
struct icon_watch *icon_watch_new(id button, void (*missing)(void *ctx, enum placement placement),
                                  void *ctx);
/* Looks now. */
enum placement icon_watch_look(const struct icon_watch *w);
/* Accepts NULL. Looks that are still to come do nothing. */
void icon_watch_free(struct icon_watch *w);

#endif
