/* dns.c - see dns.h. */
#include "core/engine/dns.h"
#include "core/base/mem.h"
#include "core/engine/parse.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int compare(const void *left, const void *right)
{
    const struct valid_domain *a = left, *b = right;

    return strcasecmp(a->text, b->text);
}

static void drop_doubles(struct dns_list *list)
{
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++)
        if (kept == 0 || compare(&list->names[kept - 1], &list->names[i]) != 0)
            list->names[kept++] = list->names[i];
    list->count = kept;
}

static void take(struct dns_list *list, const cJSON *element)
{
    const char *text = cJSON_IsString(element) ? element->valuestring : "";

    if (valid_domain(text, strlen(text), &list->names[list->count], NULL) == RC_OK)
        list->count++;
    else
        list->odd++;
}

enum rc dns_parse(const char *bytes, size_t len, struct dns_list *out, struct fault *why)
{
    cJSON *root = NULL;
    enum rc rc = parse_array(ENGINE_APPLE, "its list of domains", bytes, len, &root, why);
    size_t size = rc == RC_OK ? (size_t)cJSON_GetArraySize(root) : 0;

    *out = (struct dns_list){0};
    if (rc == RC_OK && size > DNS_DOMAINS_MAX)
        rc = fault_set(why, RC_TOO_BIG, "%s has more than %d domains", engine_title(ENGINE_APPLE),
                       DNS_DOMAINS_MAX);
    if (rc == RC_OK) {
        out->names = mem_new_array(size, sizeof *out->names);
        for (const cJSON *element = root->child; element != NULL; element = element->next)
            take(out, element);
        if (out->count > 1)
            qsort(out->names, out->count, sizeof *out->names, compare);
        drop_doubles(out);
    }
    cJSON_Delete(root);
    return rc;
}

bool dns_has(const struct dns_list *list, const struct valid_domain *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (compare(&list->names[i], name) == 0)
            return true;
    return false;
}

void dns_list_release(struct dns_list *list)
{
    mem_free(list->names);
    *list = (struct dns_list){0};
}

static enum rc read_list(struct spawner *s, const struct program *prog, const struct cancel *stop,
                         struct dns_list *out, struct fault *why)
{
    struct child_result res = {0};
    struct cmd_call call;
    enum rc rc = cmd_call_init(&call, prog, OP_DNS_LIST, NULL, why);

    if (rc == RC_OK)
        rc = child_run(s, &call, stop, &res, why);
    rc = look_verdict(engine_driver(prog->kind), rc, &res, why);
    if (rc == RC_OK)
        rc = dns_parse(buf_text(&res.out), res.out.len, out, why);
    child_result_release(&res);
    return rc;
}

enum rc dns_read(struct spawner *s, const struct locate_where *where, const struct cancel *stop,
                 struct dns_list *out, struct fault *why)
{
    struct program prog;
    enum rc rc = locate_program(where, ENGINE_APPLE, &prog, why);

    *out = (struct dns_list){0};
    return rc == RC_OK ? read_list(s, &prog, stop, out, why) : rc;
}

/* Is there anything to do? A list that cannot be read does not keep anybody from trying. */
static enum rc check_needed(struct spawner *s, const struct program *prog,
                            const struct cancel *stop, const struct dns_change *c,
                            struct fault *why)
{
    struct dns_list list = {0};
    enum rc rc = read_list(s, prog, stop, &list, why);
    bool has = rc == RC_OK && dns_has(&list, &c->name);

    if (rc == RC_OK && has && c->op == OP_DNS_CREATE)
        rc = fault_set(why, RC_DENIED, "the domain %s is there already", c->name.text);
    else if (rc == RC_OK && !has && c->op == OP_DNS_DELETE)
        rc = fault_set(why, RC_DENIED, "there is no domain %s", c->name.text);
    else if (rc != RC_CANCELLED)
        rc = RC_OK;
    dns_list_release(&list);
    return rc;
}

enum rc dns_do(struct spawner *s, const struct locate_where *where, const struct cancel *stop,
               struct dns_change *c, struct fault *why)
{
    const struct cmd_args args = {.domain = &c->name};
    struct cmd_call call;
    struct program prog;
    enum rc rc;

    MUST(c->op == OP_DNS_CREATE || c->op == OP_DNS_DELETE);
    c->sudo[0] = '\0';
    c->end = ELEVATE_FAILED;
    rc = locate_program(where, ENGINE_APPLE, &prog, why);
    if (rc == RC_OK)
        rc = check_needed(s, &prog, stop, c, why);
    if (rc == RC_OK)
        rc = cmd_call_init(&call, &prog, c->op, &args, why);
    if (rc != RC_OK)
        return rc;
    rc = elevate_run(s, where, &call, stop, &c->end, why);
    if (rc != RC_OK && elevate_offers_sudo(c->end))
        elevate_sudo_line(&call, c->sudo, sizeof c->sudo);
    return rc;
}
