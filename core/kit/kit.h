/* kit.h - the whole program without a user interface: engines, actions, the menu they make.
 *
 * Ties refresh, queue and menu together so that app/ only draws and clicks. Owned by one thread,
 * the "home" thread (the menu bar's main thread, or the loop of `watch`). Workers hand their
 * results over through `post`; everything else below is called on the home thread and never blocks,
 * except kit_free(). */
#ifndef CORE_KIT_KIT_H
#define CORE_KIT_KIT_H
#include "core/action/dns_book.h"
#include "core/action/queue.h"
#include "core/desktop/terminal.h"
#include "core/engine/context_list.h"
#include "core/kit/inspections.h"
#include "core/menu/menu_ask.h"
#include "core/menu/menu_build.h"
#include "core/notify/notify.h"
#include "core/refresh/refresh.h"
#include "core/store/keeper.h"
#include "core/words/words.h"

struct kit;
struct update_page;

struct kit_config {
    struct spawner *spawner;          /* borrowed, outlives the kit */
    const struct locate_where *where; /* borrowed, outlives the kit */
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* The menu would look different now. Home thread. */
    void (*changed)(void *changed_ctx);
    void *changed_ctx;
    /* A notification is to be shown or taken back. Home thread. NULL: none are made. */
    void (*note)(void *note_ctx, const struct note *note);
    void *note_ctx;
    /* Shows the logs of a container. Home thread. NULL: it cannot, and nothing offers it. */
    void (*logs)(void *logs_ctx, enum engine_kind kind, const struct valid_id *id);
    void *logs_ctx;
    /* What kit_inspect() has asked for, borrowed; a line that could not be made is a failure in the
     * menu instead. Home thread. NULL: nobody asks. */
    void (*inspected)(void *inspected_ctx, const struct inspected *answer);
    void *inspected_ctx;
    /* The machine was asleep and is awake again. Home thread. NULL: nobody asks. */
    void (*woke)(void *woke_ctx);
    void *woke_ctx;
    /* What is kept from run to run; borrowed, outlives the kit, which starts and stops it. With
     * one, no engine is looked at before kit_remember(). NULL: nothing is kept. */
    struct keeper *keeper;
    /* What the system asks for, and whether a setting of ours may ask for another one. */
    enum language language;
    bool own_language;
};

#define KIT_MANY_MAX 1000  /* containers of one action for several */
#define KIT_ANSWERS_MAX 16 /* waiting for a first look; further ones are dropped */

/* Starts the threads; the first snapshots arrive through post. */
struct kit *kit_new(const struct kit_config *config);
/* Begins to use the keeper, once: the lists of the last run, history and settings arrive through
 * post, and then the engines that the user wants are looked at. */
void kit_remember(struct kit *k);
/* What the user has chosen; the defaults before that arrived. Valid until the next `changed`. */
const struct settings *kit_settings(const struct kit *k);
/* Chooses: takes effect at once and is kept. RC_DENIED with a sentence that says what is allowed.
 */
NODISCARD enum rc kit_set(struct kit *k, enum setting which, const char *text, struct fault *why);
/* Newest snapshot of an engine, NULL before its first; valid until the next `changed`. */
const struct snapshot *kit_snapshot(const struct kit *k, enum engine_kind kind);
/* Asks docker and podman which contexts they know; the answers arrive through post. */
void kit_ask_contexts(struct kit *k);
/* How many answers have come so far. */
unsigned kit_contexts_told(const struct kit *k);
/* What they said last, NULL before; valid until the next `changed`. */
const struct context_list *kit_contexts(const struct kit *k, enum engine_kind kind);
/* A container of it, NULL if it is gone; valid as long. */
const struct container *kit_container(const struct kit *k, enum engine_kind kind,
                                      const struct valid_id *id);
/* The open windows of the user interface, for the menu to list; copied, at most MENU_WINDOWS_MAX.
 */
void kit_windows(struct kit *k, const struct menu_window *windows, size_t count);
/* What the menu is to say about updates of this program. Copied. */
void kit_update(struct kit *k, const struct update_page *page);
/* Fills *out (empty) for the moment now_s. */
void kit_menu(const struct kit *k, int64_t now_s, struct menu *out);
/* Does what a row of a menu says: the container is looked up again by engine and id, and refused
 * if it is gone or the operation does not fit its state any more. At once pending in the menu;
 * a refusal is a failure in the menu. RC_OK if it was queued. */
NODISCARD enum rc kit_do(struct kit *k, enum engine_kind kind, enum op op,
                         const struct valid_id *id, struct fault *why);
/* Does what a row about several says (op, engine, project): starts, stops or restarts those whom it
 * fits now, each by an action of its own, a few at a time. RC_OK if every one was queued; what was
 * refused is a failure in the menu. The call is the caller's own. */
NODISCARD enum rc kit_do_many(struct kit *k, const struct menu_call *call, struct fault *why);
/* What is to be asked before that. False: nobody is left whom it fits. */
bool kit_ask_many(const struct kit *k, const struct menu_call *call, struct arena *a,
                  struct menu_question *out);
/* Pins a container on top, hides it or mutes its notifications, or takes that back; nothing if it
 * is gone. Kept by name. */
void kit_keep(struct kit *k, enum store_set set, enum engine_kind kind, const struct valid_id *id,
              bool on);
/* The same for a name, whether there is such a container or not; copied. */
void kit_keep_name(struct kit *k, enum store_set set, enum engine_kind kind, const char *name,
                   bool on);
/* Who is muted; valid until the next `changed`. */
const struct menu_name *kit_muted(const struct kit *k, size_t *count);
/* Starts, stops or restarts what runs behind an engine (OP_SERVICE_*), which stops its containers:
 * asked before. Refused, and pending, as by kit_do(). */
NODISCARD enum rc kit_service(struct kit *k, enum engine_kind kind, enum op op, struct fault *why);
/* A button of a notification was clicked, maybe of one that an earlier run of the program showed:
 * waits for the engine's first look, then as kit_do(). Restart starts a container that has ended.
 */
void kit_answer(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                enum note_button button);
/* Which notifications the user wants; all of them until this is called. */
void kit_notify(struct kit *k, const struct notify_settings *settings);
/* The screen was locked or unlocked: looking goes on, but notes wait, as they do during sleep. */
void kit_locked(struct kit *k, bool locked);
/* Opens a shell of a container in a terminal. Looked up again and refused as by kit_do(); that it
 * could not be opened becomes a failure in the menu when it is known. */
NODISCARD enum rc kit_shell(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                            struct fault *why);
/* The same for a published port and the browser; the URL is made from the newest list. */
NODISCARD enum rc kit_open_port(struct kit *k, enum engine_kind kind, const struct valid_id *id,
                                const struct menu_port *port, struct fault *why);
/* Asks the engine about a container; the answer comes through `inspected`. RC_MISSING if it is
 * gone, RC_DENIED if too much is asked; of a line to copy that is also a failure in the menu. */
NODISCARD enum rc kit_inspect(struct kit *k, const struct inspection *what, struct fault *why);
/* The DNS domains of Apple's engine; made when first asked for, and the kit's. */
struct dns_book *kit_dns(struct kit *k);
/* The user did something with a container that the kit does not do, such as reading its logs: it
 * comes first where lists are folded. The rest counts by itself. */
void kit_used(struct kit *k, enum engine_kind kind, const struct valid_id *id);
/* The sub-menu of this container is open: what it uses is measured, until kit_unwatch() or until
 * the menu closes. The id is copied. */
void kit_watch(struct kit *k, enum engine_kind kind, const struct valid_id *id);
void kit_unwatch(struct kit *k);
/* To every engine. */
void kit_tell(struct kit *k, enum schedule_tell what);
/* Ends every thread and child but detached ones within 2 s; posted calls that arrive later are
 * harmless: they free what they carry. Never stops a container. Accepts NULL. */
void kit_free(struct kit *k);

#endif
