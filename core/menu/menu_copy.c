/* menu_copy.c - the rows of a container that tell more of it: Inspect, and what can be copied.
 *
 * What the list has is copied at once. The command line that would make such a container is made at
 * the click, from what the engine tells then; with Option it has the values of the environment in
 * it, which may be secrets (mac-behaviour 23). */
#include "core/base/text.h"
#include "core/menu/menu_container.h"
#include "core/words/words.h"

#define COPY_MAX 4096

/* Escaped: a newline that came with a name must not end a line in the terminal it is pasted to. */
static void text_add(struct arena *a, const char *key, const char *text, enum word title,
                     struct menu_list *into)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, word(title));

    it->command = MENU_COPY;
    it->copy = text != NULL ? text_short(a, text, COPY_MAX) : "";
    it->enabled = it->copy[0] != '\0';
}

/* A row that asks the engine when it is chosen. */
static struct menu_item *asking_add(const struct menu_container *r, const struct valid_id *id,
                                    const char *key, enum menu_command command, enum word title,
                                    struct menu_list *into)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, word(title));

    it->command = command;
    it->op = OP_INSPECT;
    it->engine = r->snap->kind;
    it->id = id;
    it->enabled = id->text[0] != '\0' && menu_engine_acts(r->snap->state);
    return it;
}

static void copies_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                       struct menu_list *into)
{
    const struct container *c = r->c;
    struct arena *a = r->arena;

    text_add(a, arena_print(a, "%s/copy-id", key), c->id, WORD_COPY_ID, into);
    text_add(a, arena_print(a, "%s/copy-name", key), c->name, WORD_COPY_NAME, into);
    text_add(a, arena_print(a, "%s/copy-address", key), c->address, WORD_COPY_ADDRESS, into);
    text_add(a, arena_print(a, "%s/copy-image", key), c->image, WORD_COPY_IMAGE, into);
    asking_add(r, id, arena_print(a, "%s/copy-run", key), MENU_COPY_RUN, WORD_COPY_RUN, into);
    asking_add(r, id, arena_print(a, "%s/copy-run-values", key), MENU_COPY_RUN_VALUES,
               WORD_COPY_RUN_VALUES, into)
        ->alternate = true;
}

void menu_copy_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into)
{
    struct arena *a = r->arena;
    struct menu_list copies = {0};
    struct menu_item *it;

    asking_add(r, id, arena_print(a, "%s/inspect", key), MENU_INSPECT, WORD_INSPECT, into);
    copies_add(r, id, key, &copies);
    it = menu_list_add(into, MENU_ROW, arena_print(a, "%s/copy", key), word(WORD_COPY));
    it->children = menu_list_move(&copies, a, &it->child_count);
    menu_list_release(&copies);
}
