/* tip.h - the tool tip of the row under the pointer. Main thread only. */
#ifndef APP_GNUSTEP_TIP_H
#define APP_GNUSTEP_TIP_H
#include "app/gnustep/gnustep.h"

/* The pointer moved within `level`; NULL: it is in no menu. */
void tip_point(const struct popup_level *level);
/* Shows the tip once the pointer has rested for a while. */
void tip_tick(int64_t now_ms);
void tip_hide(void);

#endif
