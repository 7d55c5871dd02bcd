/* update_row.c - see update_row.h. */
#include "core/kit/update_row.h"
#include "core/words/words.h"
#include <stdio.h>
#include <string.h>

static enum menu_update_kind kind_of(const struct update_page *page)
{
    if (page->version[0] == '\0')
        return MENU_UPDATE_NONE;
    if (page->phase == UPDATE_READY || page->phase == UPDATE_HANDED_OVER)
        return MENU_UPDATE_READY;
    return MENU_UPDATE_OFFERED;
}

bool update_row_set(struct update_row *r, const struct update_page *page)
{
    struct update_row next = {kind_of(page), page->critical, page->stale, "", ""};
    bool same;

    snprintf(next.version, sizeof next.version, "%s", page->version);
    snprintf(next.came_back, sizeof next.came_back, "%s", page->came_back);
    same = r->kind == next.kind && r->critical == next.critical && r->stale == next.stale &&
           strcmp(r->version, next.version) == 0 && strcmp(r->came_back, next.came_back) == 0;
    *r = next;
    return !same;
}

struct menu_update update_row_shown(const struct update_row *r)
{
    return (struct menu_update){r->kind, r->version, r->critical, r->came_back, r->stale};
}

enum word update_failure_word(enum refusal_class class)
{
    switch (class) {
    case REFUSAL_NETWORK:
    case REFUSAL_STATUS:
    case REFUSAL_SLOW:
        return WORD_UPDATE_NO_SERVER;
    case REFUSAL_TLS:
        return WORD_UPDATE_NO_TLS;
    case REFUSAL_CLOCK:
    case REFUSAL_EXPIRED:
        return WORD_UPDATE_CHECK_DATE;
    case REFUSAL_SPACE:
        return WORD_UPDATE_NO_SPACE;
    case REFUSAL_PLACE:
        return WORD_UPDATE_NO_PLACE;
    case REFUSAL_BUSY:
        return WORD_UPDATE_IS_BUSY;
    case REFUSAL_READ:
    case REFUSAL_WRITE:
        return WORD_UPDATE_NO_FILE;
    default:
        return WORD_UPDATE_NO_PROOF;
    }
}
