/* dns_book.c - see dns_book.h.
 *
 * An errand is the home thread's until it is handed to the worker, and again once it was posted
 * back: so no lock is held over it, but the one on the pointer that hands it over. After a change,
 * whatever came of it, the list is read as well: what root still runs may have done its work.
 * As in core/kit a posted errand holds a reference to the door, which knows the book until the book
 * is freed. */
#include "core/action/dns_book.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include "core/words/words.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

struct door {
    atomic_uint refs;      /* the book's and one of each errand */
    struct dns_book *book; /* NULL once shut; home thread */
};

/* One thing to do, and then what came of it. */
struct errand {
    struct door *door;
    bool changes; /* else the list is read, and that is all */
    struct dns_change change;
    enum rc rc; /* of the change */
    struct fault why;
    enum rc read; /* of the list */
    struct fault read_why;
    struct dns_list list;
};

struct dns_book {
    struct dns_book_config config;
    struct door *door;
    struct cancel *quit;
    struct worker *worker; /* NULL until first needed */

    /* home thread */
    void (*changed)(void *ctx);
    void *changed_ctx;
    bool has_list, busy, changing;
    struct dns_list list;
    struct dns_change change;
    enum dns_news news;
    char sentence[FAULT_TEXT_MAX + VALID_DOMAIN_MAX + 32];
    char sudo[ELEVATE_LINE_MAX];

    pthread_mutex_t lock;
    struct errand *next; /* what the worker is to take; NULL for nothing */
};

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

static void errand_free(struct errand *e)
{
    if (e == NULL)
        return;
    dns_list_release(&e->list);
    leave_door(e->door);
    mem_free(e);
}

static void tell(struct dns_book *b)
{
    if (b->changed != NULL)
        b->changed(b->changed_ctx);
}

static void set_news(struct dns_book *b, enum dns_news news, enum word sentence, const char *one,
                     const char *two)
{
    struct arena a = {0};

    b->news = news;
    snprintf(b->sentence, sizeof b->sentence, "%s", word_say(&a, sentence, one, two));
    arena_release(&a);
}

static void take_change(struct dns_book *b, const struct errand *e)
{
    const struct dns_change *c = &e->change;
    bool creates = c->op == OP_DNS_CREATE;
    char text[FAULT_TEXT_MAX];

    memcpy(b->sudo, c->sudo, sizeof b->sudo);
    if (e->rc == RC_OK)
        set_news(b, DNS_GOOD_NEWS, creates ? WORD_DNS_WAS_ADDED : WORD_DNS_WAS_REMOVED,
                 c->name.text, NULL);
    else if (c->end == ELEVATE_RUNS)
        set_news(b, DNS_BAD_NEWS, WORD_STATUS_DOING, c->name.text, fault_text(&e->why, text));
    else
        set_news(b, DNS_BAD_NEWS, creates ? WORD_DNS_NOT_ADDED : WORD_DNS_NOT_REMOVED, c->name.text,
                 fault_text(&e->why, text));
}

/* Home thread. A list that could not be read leaves the last one. */
static void take(struct dns_book *b, struct errand *e)
{
    char text[FAULT_TEXT_MAX];

    b->busy = false;
    b->changing = false;
    if (e->read == RC_OK) {
        dns_list_release(&b->list);
        b->list = e->list;
        e->list = (struct dns_list){0};
        b->has_list = true;
    }
    if (e->changes)
        take_change(b, e);
    else if (e->read != RC_OK)
        set_news(b, DNS_BAD_NEWS, WORD_PLAIN, fault_text(&e->read_why, text), NULL);
    tell(b);
}

/* Home thread. */
static void deliver(void *arg)
{
    struct errand *e = arg;

    if (e->door->book != NULL)
        take(e->door->book, e);
    errand_free(e);
}

static void run(struct dns_book *b, struct errand *e)
{
    const struct dns_book_config *cf = &b->config;

    if (e->changes) {
        e->rc = dns_do(cf->spawner, cf->where, b->quit, &e->change, &e->why);
        log_info("apple: %s: %s, %s" LOG_PRIVATE ": %s%s%s", op_word(e->change.op), rc_name(e->rc),
                 elevate_word(e->change.end), e->change.name.text, e->rc != RC_OK ? ": " : "",
                 e->why.text);
    }
    e->read = dns_read(cf->spawner, cf->where, b->quit, &e->list, &e->read_why);
}

/* The worker's thread. */
static int64_t work(void *ctx, struct cancel *stop)
{
    struct dns_book *b = ctx;
    struct errand *e;

    (void)stop; /* the sign of our own also ends what began before the worker is freed */
    MUST(pthread_mutex_lock(&b->lock) == 0);
    e = b->next;
    b->next = NULL;
    MUST(pthread_mutex_unlock(&b->lock) == 0);
    if (e == NULL)
        return WORKER_SLEEP;
    run(b, e);
    b->config.post(b->config.post_ctx, deliver, e);
    return 0;
}

struct dns_book *dns_book_new(const struct dns_book_config *config)
{
    struct dns_book *b = mem_new(sizeof *b);

    b->config = *config;
    b->door = mem_new(sizeof *b->door);
    b->door->book = b;
    atomic_init(&b->door->refs, 1);
    b->quit = cancel_new();
    MUST(pthread_mutex_init(&b->lock, NULL) == 0);
    return b;
}

void dns_book_listen(struct dns_book *b, void (*changed)(void *ctx), void *ctx)
{
    b->changed = changed;
    b->changed_ctx = ctx;
}

void dns_book_page(const struct dns_book *b, struct dns_page *out)
{
    *out = (struct dns_page){.list = b->has_list ? &b->list : NULL,
                             .busy = b->busy,
                             .change = b->changing ? &b->change : NULL,
                             .news = b->news,
                             .sentence = b->sentence,
                             .sudo = b->sudo};
}

static void hand_over(struct dns_book *b, struct errand *e)
{
    e->door = b->door;
    atomic_fetch_add(&b->door->refs, 1);
    MUST(pthread_mutex_lock(&b->lock) == 0);
    MUST(b->next == NULL);
    b->next = e;
    MUST(pthread_mutex_unlock(&b->lock) == 0);
    if (b->worker == NULL)
        b->worker = worker_new("dns", work, b);
    else
        worker_poke(b->worker);
}

/* `change` may be NULL: then the list is read. */
static void begin(struct dns_book *b, const struct dns_change *change)
{
    struct errand *e = mem_new(sizeof *e);

    b->busy = true;
    b->changing = change != NULL;
    if (change != NULL) {
        e->changes = true;
        e->change = b->change = *change;
    }
    b->news = DNS_NO_NEWS;
    b->sentence[0] = '\0';
    b->sudo[0] = '\0';
    hand_over(b, e);
}

void dns_book_read(struct dns_book *b)
{
    if (b->busy)
        return;
    begin(b, NULL);
    tell(b);
}

void dns_book_do(struct dns_book *b, enum op op, const char *name)
{
    struct dns_change change = {.op = op};

    MUST(op == OP_DNS_CREATE || op == OP_DNS_DELETE);
    b->sudo[0] = '\0';
    if (b->changing)
        set_news(b, DNS_BAD_NEWS, WORD_DNS_BUSY, NULL, NULL);
    else if (valid_domain(name, strlen(name), &change.name, NULL) != RC_OK)
        set_news(b, DNS_BAD_NEWS, WORD_DNS_NO_DOMAIN, NULL, NULL);
    else if (b->busy)
        set_news(b, DNS_BAD_NEWS, WORD_DNS_STILL_READING, NULL, NULL);
    else
        begin(b, &change);
    tell(b);
}

void dns_book_stop(struct dns_book *b)
{
    if (b != NULL)
        cancel_trigger(b->quit);
}

void dns_book_free(struct dns_book *b)
{
    if (b == NULL)
        return;
    dns_book_stop(b);
    b->door->book = NULL;
    worker_free(b->worker);
    errand_free(b->next);
    leave_door(b->door);
    dns_list_release(&b->list);
    MUST(pthread_mutex_destroy(&b->lock) == 0);
    cancel_free(b->quit);
    mem_free(b);
}
