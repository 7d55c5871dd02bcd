/* cli_inspect.c - `inspect`: all that the engine knows of a container. */
#include "app/cli/words.h"
#include "core/engine/inspection.h"

/* What is printed is escaped, as JSON can be, and so fit for a terminal too. */
static enum cli_status print(const struct cli *c, const struct cli_target *t)
{
    const struct inspection what = {
        .kind = t->kind, .id = t->container->arg, .text = INSPECTION_ALL, .values = c->values};
    enum cli_status status = CLI_DONE;
    char sentence[FAULT_TEXT_MAX];
    struct fault why = {0};
    struct buf text;
    enum rc rc;

    buf_init(&text, INSPECTION_MAX);
    rc = inspection_run(c->setup->spawner, &c->setup->where, &what, NULL, &text, &why);
    if (rc != RC_OK) {
        cli_say("inspect %s: %s", t->container->name, fault_text(&why, sentence));
        status = cli_status_of_rc(rc);
    } else if (!cli_put(buf_text(&text), text.len)) {
        status = CLI_FAILED;
    }
    buf_release(&text);
    return status;
}

int cli_inspect(const struct cli *c)
{
    struct cli_target target;
    enum cli_status engines, status;
    struct cli_view v;

    cli_view_take(c, false, &v);
    engines = cli_view_tell(c, &v);
    status = cli_find(c, &v, &c->ids[0], false, &target);
    if (status == CLI_DONE)
        status = print(c, &target);
    else if (status == CLI_FAILED && engines != CLI_DONE)
        status = engines; /* it may be there: one engine could not tell */
    cli_view_release(&v);
    return (int)status;
}
