/* menu_text.h - a menu as text: `container-kit menu`, `run` without a display, golden tests.
 *
 * One line per item, two spaces per level: "- - -" for a separator, "(title)" for what cannot be
 * chosen, " >" behind a row with children, "[R]" before the end for a shortcut. Pure. */
#ifndef CORE_MENU_MENU_TEXT_H
#define CORE_MENU_MENU_TEXT_H
#include "core/base/buf.h"
#include "core/menu/menu.h"

/* `deep`: children too. The first line is the status item: "icon | title | tip". */
NODISCARD enum rc menu_text(const struct menu *m, bool deep, struct buf *out);

#endif
