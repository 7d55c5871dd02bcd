/* dns_book.h - the DNS domains as a user interface has them: the last list, what is under way, what
 * came of the last change.
 *
 * One thing is done at a time, on a thread of its own, for the system's question for a password
 * stays for as long as the user likes. Owned by one thread, the "home" thread; results come to it
 * through `post`, as in core/kit. Nothing below blocks, except dns_book_free(). */
#ifndef CORE_ACTION_DNS_BOOK_H
#define CORE_ACTION_DNS_BOOK_H
#include "core/engine/dns.h"

struct dns_book;

struct dns_book_config {
    struct spawner *spawner;          /* borrowed, outlives the book */
    const struct locate_where *where; /* the same */
    /* Calls call(arg) once on the home thread, soon; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
};

enum dns_news { DNS_NO_NEWS, DNS_GOOD_NEWS, DNS_BAD_NEWS };

/* What there is to show; valid until the next call below. */
struct dns_page {
    const struct dns_list *list;     /* NULL before the first one */
    bool busy;                       /* with *change, or with reading if that is NULL */
    const struct dns_change *change; /* under way */
    enum dns_news news;
    const char *sentence; /* what became of the last change, or of reading; "" for DNS_NO_NEWS */
    const char *sudo;     /* the line that would get further, "" for none */
};

/* Empty; starts nothing. */
struct dns_book *dns_book_new(const struct dns_book_config *config);
/* Who is told, on the home thread, that the page is another one; NULL: nobody. */
void dns_book_listen(struct dns_book *b, void (*changed)(void *ctx), void *ctx);
/* What there is to show now. */
void dns_book_page(const struct dns_book *b, struct dns_page *out);
/* Reads the list again, and forgets the news. Nothing while it is busy. */
void dns_book_read(struct dns_book *b);
/* Begins OP_DNS_CREATE or OP_DNS_DELETE; `name` is what a person typed. That it can be no domain,
 * or that another change is under way, is news too, and nothing is begun. */
void dns_book_do(struct dns_book *b, enum op op, const char *name);
/* Begins the end and returns at once; accepts NULL. A question that is open is left alone. */
void dns_book_stop(struct dns_book *b);
/* dns_book_stop(), then joins. Results that arrive later only free themselves. Accepts NULL. */
void dns_book_free(struct dns_book *b);

#endif
