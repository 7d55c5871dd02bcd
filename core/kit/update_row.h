/* update_row.h - what the updater's page means to the menu: the menu knows no updater.
 *
 * A download changes its page often and the menu never. Pure. Memory: a row holds its own copies.
 */
#ifndef CORE_KIT_UPDATE_ROW_H
#define CORE_KIT_UPDATE_ROW_H
#include "core/menu/menu_build.h"
#include "core/update/updater.h"
#include "core/words/words.h"

struct update_row { /* zeroed: nothing */
    enum menu_update_kind kind;
    bool critical, stale;
    char version[SEMVER_MAX + 1], came_back[SEMVER_MAX + 1];
};

/* True if the menu is another one now. */
bool update_row_set(struct update_row *r, const struct update_page *page);
/* For menu_build(); valid until the next update_row_set(). */
struct menu_update update_row_shown(const struct update_row *r);
/* Which sentence tells a person why it failed; what the log says is the fault's. */
enum word update_failure_word(enum refusal_class class);

#endif
