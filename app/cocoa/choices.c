/* choices.c - see choices.h. */
#include "app/cocoa/choices.h"
#include "app/service/here.h"
#include "app/service/login_item.h"
#include "app/service/mover.h"

void choices_init(struct choices *c, const struct setup *setup, void (*quit)(void *ctx), void *ctx)
{
    *c = (struct choices){.setup = setup, .quit = quit, .ctx = ctx};
    here_place(setup, &c->place);
}

/* The system may have the last word, and then its own page is where the user says yes. */
static bool set_login(void *ctx, bool on, struct fault *why)
{
    struct choices *c = ctx;
    enum login_item_state state;

    if (login_item_set(&c->place, c->setup->self, on, why) != RC_OK)
        return !on;
    state = login_item_read(&c->place, c->setup->self, why);
    if (on && state == LOGIN_ITEM_NEEDS_APPROVAL && login_item_open_settings(NULL) != RC_OK)
        return false; /* *why says where it is */
    return state == LOGIN_ITEM_ON;
}

/* Its path is not told to be in PATH or not: a program from the Dock or the menu bar has not the
 * user's. */
static bool set_link(void *ctx, bool on, struct fault *why)
{
    struct choices *c = ctx;
    struct tool_link_where where = here_link(c->setup);
    struct tool_link link;
    enum rc rc =
        on ? tool_link_install(&where, &c->place, &link, why) : tool_link_remove(&where, why);

    return (rc == RC_OK) == on;
}

static bool has_link(const struct choices *c)
{
    struct tool_link_where where = here_link(c->setup);
    struct tool_link link;

    tool_link_read(&where, &link);
    return link.state == TOOL_LINK_CURRENT;
}

static void move(void *ctx, struct fault *why)
{
    struct choices *c = ctx;

    if (mover_move(&c->place, why) == RC_OK)
        c->quit(c->ctx);
}

void choices_offer(struct choices *c, struct first_start_choices *out)
{
    struct fault why; /* what is off is not offered, so nothing is to be said of it */
    enum login_item_state state = login_item_read(&c->place, c->setup->self, &why);

    *out = (struct first_start_choices){.ctx = c, .login_on = state == LOGIN_ITEM_ON};
    if (state != LOGIN_ITEM_UNAVAILABLE)
        out->set_login = set_login;
    if (c->place.tool_link) {
        out->link_on = has_link(c);
        out->set_link = set_link;
    }
    if (mover_offers(&c->place)) {
        out->place_sentence = c->place.why;
        out->move = move;
    }
}
