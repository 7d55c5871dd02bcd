/* cli_desktop.c - `login-item` and `link`, and what `doctor` tells about the program itself. */
#include "app/cli/words.h"
#include "app/service/here.h"
#include "app/service/login_item.h"
#include "core/base/text.h"
#include <stdio.h>

static const char *const state_words[] = {
    [LOGIN_ITEM_OFF] = "off",
    [LOGIN_ITEM_ON] = "on",
    [LOGIN_ITEM_NEEDS_APPROVAL] = "needs-approval",
    [LOGIN_ITEM_UNAVAILABLE] = "unavailable",
};

static enum cli_status tell(const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    cli_say("%s", fault_text(why, text));
    return cli_status_of_rc(why->rc);
}

/* The word on standard output; the sentence, if any, beside it. */
static enum cli_status tell_state(const struct cli *c, const struct place *place)
{
    struct fault why = {0};
    enum login_item_state state = login_item_read(place, c->setup->self, &why);

    puts(state_words[state]);
    if (why.text[0] != '\0')
        tell(&why);
    return c->wanted == CLI_ON && state != LOGIN_ITEM_ON ? CLI_FAILED : CLI_DONE;
}

int cli_login_item(const struct cli *c)
{
    struct place place;
    struct fault why = {0};

    here_place(c->setup, &place);
    if (c->wanted != CLI_ASKED &&
        login_item_set(&place, c->setup->self, c->wanted == CLI_ON, &why) != RC_OK)
        return tell(&why);
    return tell_state(c, &place);
}

static void print_link(const struct tool_link *link)
{
    struct arena a = {0};
    char text[FAULT_TEXT_MAX];

    printf("%s\n", text_safe(&a, tool_link_text(link, text)));
    arena_release(&a);
}

int cli_link(const struct cli *c)
{
    struct tool_link_where where = here_link(c->setup);
    struct tool_link link;
    struct place place;
    struct fault why = {0};
    enum rc rc;

    here_place(c->setup, &place);
    if (c->remove)
        rc = tool_link_remove(&where, &why);
    else
        rc = tool_link_install(&where, &place, &link, &why);
    if (rc != RC_OK)
        return tell(&why);
    tool_link_read(&where, &link);
    print_link(&link);
    return CLI_DONE;
}

/* "updates, engine service": what may not be used from here. */
static const char *list_of_off(const struct place *place, struct arena *a)
{
    const struct {
        bool allowed;
        const char *name;
    } rows[] = {{place->login_item, "login item"},
                {place->updates, "updates"},
                {place->engine_service, "engine service"},
                {place->tool_link, "link"}};
    const char *list = "";

    for (size_t i = 0; i < countof(rows); i++)
        if (!rows[i].allowed)
            list = arena_print(a, "%s%s%s", list, list[0] == '\0' ? "" : ", ", rows[i].name);
    return list;
}

static enum rc report_place(const struct place *place, struct buf *out)
{
    struct arena a = {0};
    enum rc rc = buf_print(out, "  place       %s\n", place_words(place->kind));

    if (rc == RC_OK && place->why[0] != '\0')
        rc = buf_print(out, "  not here    %s: %s\n", list_of_off(place, &a), place->why);
    arena_release(&a);
    return rc;
}

enum rc cli_desktop_report(const struct setup *setup, struct buf *out)
{
    struct tool_link_where where = here_link(setup);
    enum login_item_state state;
    struct fault why = {0};
    struct tool_link link;
    struct place place;
    struct arena a = {0};
    char text[FAULT_TEXT_MAX];
    enum rc rc;

    here_place(setup, &place);
    rc = report_place(&place, out);
    state = login_item_read(&place, setup->self, &why);
    if (rc == RC_OK)
        rc = buf_print(out, "  login item  %s%s%s\n", state_words[state], why.text[0] ? ": " : "",
                       text_safe(&a, fault_text(&why, text)));
    tool_link_read(&where, &link);
    if (rc == RC_OK)
        rc = buf_print(out, "  link        %s\n", text_safe(&a, tool_link_text(&link, text)));
    arena_release(&a);
    return rc;
}
