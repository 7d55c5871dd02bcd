/* dns.h - the DNS domains below which Apple's container gives its containers names: list, add,
 * remove.
 *
 * The list needs neither the service nor root, so it is read before anybody is asked for a
 * password: what is there already, or is not there at all, is told at once (engines.md 2.1, "dns").
 * Only names that a command can carry are kept (validate.h); others are counted.
 * Threads: any but the main one; each call stands alone and blocks. */
#ifndef CORE_ENGINE_DNS_H
#define CORE_ENGINE_DNS_H
#include "core/engine/elevate.h"

#define DNS_DOMAINS_MAX 1000 /* a person has a handful */

struct dns_list {
    struct valid_domain *names; /* owned; sorted, none twice */
    size_t count;
    size_t odd; /* entries that are no domain as we know them */
};

/* RC_PARSE if it is no list of texts, RC_TOO_BIG over the limit; then *out is empty. Pure. */
NODISCARD enum rc dns_parse(const char *bytes, size_t len, struct dns_list *out, struct fault *why);
/* Names are the same in any case of letters. */
bool dns_has(const struct dns_list *list, const struct valid_domain *name);
/* Accepts a zeroed struct; afterwards empty. */
void dns_list_release(struct dns_list *list);

/* What to do, and what came of it. */
struct dns_change {
    enum op op; /* OP_DNS_CREATE, OP_DNS_DELETE */
    struct valid_domain name;
    enum elevate_end end;
    char sudo[ELEVATE_LINE_MAX]; /* the line for a terminal; "" where it would not help */
};

/* Asks the engine. *out is empty unless RC_OK. */
NODISCARD enum rc dns_read(struct spawner *s, const struct locate_where *where,
                           const struct cancel *stop, struct dns_list *out, struct fault *why);
/* Does c->op to c->name and fills the rest of *c. */
NODISCARD enum rc dns_do(struct spawner *s, const struct locate_where *where,
                         const struct cancel *stop, struct dns_change *c, struct fault *why);

#endif
