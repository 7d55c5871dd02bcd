/* cli_keep.c - `pin`, `unpin`, `hide`, `unhide`, `mute`, `unmute`: which containers stand on top of
 * the menu, which do not stand in it, and of which nothing is notified.
 *
 * Kept is a name. So what is taken back need not be there any more: a word that names no container
 * is then looked for among the kept names. */
#include "app/cli/words.h"
#include <string.h>

struct keeping {
    const char *word;
    enum store_set set;
    bool on;
};

static const struct keeping *keeping_of(const char *word)
{
    static const struct keeping rows[] = {
        {"pin", STORE_PINNED, true},  {"unpin", STORE_PINNED, false},
        {"hide", STORE_HIDDEN, true}, {"unhide", STORE_HIDDEN, false},
        {"mute", STORE_MUTED, true},  {"unmute", STORE_MUTED, false}};

    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(rows[i].word, word) == 0)
            return &rows[i];
    must_fail("a word of the table", __FILE__, __LINE__);
}

/* One or the other: what is pinned is in sight. */
static enum rc put(struct store *s, const struct keeping *k, enum engine_kind kind,
                   const char *name, struct fault *why)
{
    enum store_set other;
    enum rc rc = RC_OK;

    if (store_set_excludes(k->set, &other) && k->on)
        rc = store_name_put(s, other, kind, name, false, why);
    return rc == RC_OK ? store_name_put(s, k->set, kind, name, k->on, why) : rc;
}

/* Takes back every kept name that is this word; false if there is none. */
static bool take_back(const struct cli *c, struct store *s, const struct keeping *k,
                      const char *word, enum cli_status *status)
{
    struct store_names names = {0};
    struct arena a = {0};
    struct fault why;
    bool found = false;
    enum rc rc = store_names(s, k->set, &a, &names, &why);

    for (size_t i = 0; rc == RC_OK && i < names.count; i++) {
        const struct store_name *n = &names.list[i];

        if (strcmp(n->name, word) != 0 || (c->has_engine && n->engine != c->engine))
            continue;
        found = true;
        rc = put(s, k, n->engine, n->name, &why);
    }
    *status = cli_store_tell(s, rc, &why);
    arena_release(&a);
    return found || rc != RC_OK;
}

static enum cli_status keep_one(const struct cli *c, struct store *s, const struct cli_view *v,
                                const struct valid_id *id)
{
    const struct keeping *k = keeping_of(c->word->name);
    enum cli_status status = CLI_DONE;
    struct cli_target t;
    struct fault why;

    if (!k->on && take_back(c, s, k, id->text, &status))
        return status;
    status = cli_find(c, v, id, false, &t);
    if (status != CLI_DONE)
        return status;
    if (t.container->name[0] == '\0') {
        cli_say("\"%s\" has no name to keep", id->text);
        return CLI_FAILED;
    }
    return cli_store_tell(s, put(s, k, t.kind, t.container->name, &why), &why);
}

int cli_keep(const struct cli *c)
{
    enum cli_status status = CLI_DONE;
    struct store *s = cli_store();
    struct cli_view v;

    if (s == NULL)
        return CLI_FAILED;
    cli_view_take(c, false, &v);
    for (size_t i = 0; i < c->id_count; i++)
        status = cli_worse(status, keep_one(c, s, &v, &c->ids[i]));
    cli_view_release(&v);
    store_free(s);
    return (int)status;
}
