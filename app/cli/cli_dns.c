/* cli_dns.c - `dns`: the domains of Apple's container, listed, added, removed. */
#include "app/cli/words.h"
#include "core/engine/dns.h"
#include <stdio.h>

static enum cli_status tell(enum rc rc, const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    cli_say("%s", fault_text(why, text));
    return cli_status_of_rc(rc);
}

/* Names are of letters, digits, "-", "_" and "." alone: nothing of them needs an escape. */
static void print_list(const struct dns_list *list, bool json)
{
    for (size_t i = 0; i < list->count; i++)
        printf(json ? "%s\"%s\"" : "%s%s\n", json ? i > 0 ? ", " : "[" : "", list->names[i].text);
    if (json)
        puts(list->count > 0 ? "]" : "[]");
    if (list->odd > 0)
        cli_say("%zu more have names that can be no domain's", list->odd);
}

static enum cli_status print(const struct cli *c)
{
    struct dns_list list;
    struct fault why;
    enum rc rc = dns_read(c->setup->spawner, &c->setup->where, NULL, &list, &why);

    if (rc != RC_OK)
        return tell(rc, &why);
    print_list(&list, c->json);
    dns_list_release(&list);
    return CLI_DONE;
}

int cli_dns(const struct cli *c)
{
    struct dns_change change = {.op = c->dns, .name = c->domain};
    enum cli_status status;
    struct fault why;
    enum rc rc;

    if (c->dns == OP_DNS_LIST)
        return (int)print(c);
    rc = dns_do(c->setup->spawner, &c->setup->where, NULL, &change, &why);
    if (rc == RC_OK) {
        printf("%s %s\n", c->dns == OP_DNS_CREATE ? "added" : "removed", change.name.text);
        return CLI_DONE;
    }
    status = tell(rc, &why);
    if (change.sudo[0] != '\0')
        cli_say("this line does it: %s", change.sudo);
    return (int)status;
}
