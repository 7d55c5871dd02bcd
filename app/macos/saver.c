/* saver.c - see app/service/saver.h: NSSavePanel, in a window of its own. */
#include "app/service/saver.h"
#include "app/macos/block.h"
#include "app/macos/macos.h"

#define RESPONSE_OK 1L /* NSModalResponseOK */

/* The completion handler, and what it captures; called on the main thread. */
struct handler {
    struct block block;
    id panel; /* retained until then */
    saver_answer_fn *answer;
    void *ctx;
    long number;
};

static void decided(struct block *b, long response)
{
    const struct handler *h = (const struct handler *)(const void *)b;
    id path = response == RESPONSE_OK ? mac_url_path(mac_save_url(h->panel)) : nil;

    if (path != nil)
        h->answer(h->ctx, h->number, mac_string_utf8(path));
    mac_release(h->panel);
}

void saver_ask(const char *name, const char *home, saver_answer_fn *answer, void *ctx, long number)
{
    static const struct block_descriptor descriptor = {0, sizeof(struct handler), "v16@?0q8"};
    struct handler h = {.block = block_make((IMP)decided, &descriptor),
                        .panel = mac_retain(mac_save_panel()),
                        .answer = answer,
                        .ctx = ctx,
                        .number = number};

    (void)home; /* the panel remembers where the user was last */
    mac_save_set_name(h.panel, mac_string(name));
    mac_save_begin(h.panel, &h.block);
}
