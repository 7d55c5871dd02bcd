/* cli_open.c - `shell` and `open`: what the menu opens in a window, opened from a command line.
 *
 * A shell comes in a window of its own, as from the menu: the spawner gives no child our terminal.
 */
#include "app/cli/words.h"
#include "core/desktop/opener.h"
#include "core/desktop/port_url.h"
#include "core/engine/state.h"
#include <stdio.h>

static enum rc open_shell(const struct cli *c, const struct cli_target *t, struct fault *why)
{
    enum rc rc = opener_shell(c->setup->spawner, &c->setup->where, t->kind, &t->container->arg,
                              c->terminal, NULL, why);

    if (rc == RC_OK)
        printf("opened a shell in %s\n", t->container->name);
    return rc;
}

static enum rc open_port(const struct cli *c, const struct cli_target *t, struct fault *why)
{
    struct valid_url url;
    enum rc rc = port_url(t->container, NULL, c->port, &url, why);

    if (rc == RC_OK)
        rc = opener_url(c->setup->spawner, &c->setup->where, &url, NULL, why);
    if (rc == RC_OK)
        printf("opened %s\n", url.text);
    return rc;
}

static enum rc open_one(const struct cli *c, const struct cli_target *t, struct fault *why)
{
    if (!state_allows(t->kind, c->word->op, t->container))
        return fault_set(why, RC_DENIED, "it is %s", state_word(t->container->state));
    return (c->word->op == OP_SHELL ? open_shell : open_port)(c, t, why);
}

int cli_open(const struct cli *c)
{
    struct cli_target target;
    struct cli_view v;
    enum cli_status engines, status;
    char text[FAULT_TEXT_MAX];
    struct fault why;
    enum rc rc;

    cli_view_take(c, false, &v);
    engines = cli_view_tell(c, &v);
    status = cli_find(c, &v, &c->ids[0], false, &target);
    if (status == CLI_DONE) {
        rc = open_one(c, &target, &why);
        /* the engine has just answered: what is missing is a port, a shell or a program */
        status = cli_status_of_rc(rc == RC_MISSING ? RC_FAILED : rc);
        if (status != CLI_DONE)
            cli_say("%s %s: %s", c->word->name, target.container->name, fault_text(&why, text));
    } else if (status == CLI_FAILED && engines != CLI_DONE) {
        status = engines;
    }
    cli_view_release(&v);
    return (int)status;
}
