/* group.c - the containers of a compose project, or all of them, as what a word acts on.
 *
 * A person at a terminal who names more than a handful is told whom that means and has to say
 * --yes; a script has said what it wants. A start is not asked about: it takes nothing away. */
#include "app/cli/words.h"
#include "core/base/buf.h"
#include "core/menu/menu_build.h"
#include <unistd.h>

#define NAMES_SHOWN 6
#define NAMES_BYTES_MAX 4096

static bool in_group(const struct cli *c, const struct container *one)
{
    return group_has(one, c->all ? NULL : c->project);
}

/* The members of one engine that something is to be done to; *members counts all of them. */
static void add_engine(const struct cli *c, const struct snapshot *s, struct cli_target *out,
                       size_t *count, size_t *members)
{
    for (size_t i = 0; i < s->count; i++) {
        struct cli_target t = {.kind = s->kind, .container = &s->list[i]};

        if (!in_group(c, t.container))
            continue;
        ++*members;
        if (group_op(s->kind, c->word->op, t.container, &t.op))
            out[(*count)++] = t;
    }
}

static void tell_whom(const struct cli *c, const struct cli_target *list, size_t count)
{
    struct buf names;

    buf_init(&names, NAMES_BYTES_MAX);
    for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
        if (buf_print(&names, "%s%s", i > 0 ? ", " : "", list[i].container->name) != RC_OK)
            break; /* names can be very long */
    cli_say("that would %s %zu containers (%s%s); say so with --yes", c->word->name, count,
            buf_text(&names), count > NAMES_SHOWN ? ", ..." : "");
    buf_release(&names);
}

enum cli_status cli_group(const struct cli *c, const struct cli_view *v, struct cli_target *out,
                          size_t *count)
{
    size_t members = 0;

    *count = 0;
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        if (v->snaps[kind] != NULL)
            add_engine(c, v->snaps[kind], out, count, &members);
    if (members == 0 && c->project != NULL) {
        cli_say("there is no project \"%s\"", c->project);
        return CLI_FAILED;
    }
    if (*count > MENU_ASK_ABOVE && c->word->op != OP_START && !c->yes && isatty(STDIN_FILENO)) {
        tell_whom(c, out, *count);
        return CLI_USAGE;
    }
    return CLI_DONE;
}
