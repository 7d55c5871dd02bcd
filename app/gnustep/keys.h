/* keys.h - the keyboard in an open menu. Main thread only. */
#ifndef APP_GNUSTEP_KEYS_H
#define APP_GNUSTEP_KEYS_H
#include "app/gnustep/gnustep.h"

/* Arrows walk, Return and Space choose, Escape closes, a shortcut picks its item. */
void keys_take(struct popup *p, id event);

#endif
