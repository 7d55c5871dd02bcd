/* machine.h - what the machine does, told to the kit: sleep and wake, the session going to another
 * user and coming back, low-power mode, another network. Also keeps macOS from ending or slowing a
 * program without windows (mac-behaviour 6); not in low-power mode. Main thread. */
#ifndef APP_COCOA_MACHINE_H
#define APP_COCOA_MACHINE_H
#include "app/cocoa/ui_post.h"
#include "core/kit/kit.h"

struct machine;

/* All are borrowed. `woke` hears of each end of a sleep. Tells nothing from inside. */
struct machine *machine_new(struct kit *kit, struct ui_post *post, void (*woke)(void *ctx),
                            void *ctx);
/* Before the kit goes: nothing is told any more. Accepts NULL. */
void machine_stop(struct machine *m);
/* After machine_stop(), when the posted calls were made. Accepts NULL. */
void machine_free(struct machine *m);

#endif
