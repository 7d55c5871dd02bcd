/* context_list.c - see context_list.h. Docker prints an object per line, podman an array
 * (engines.md 5). */
#include "core/engine/context_list.h"
#include "core/engine/parse.h"
#include <string.h>

static void add(struct context_list *list, const char *name)
{
    struct valid_id id;

    if (name == NULL || list->count == CONTEXT_LIST_MAX ||
        valid_id(name, strlen(name), &id, NULL) != RC_OK)
        return;
    list->names = mem_grow(list->names, list->count + 1, sizeof *list->names);
    list->names[list->count++] = id;
}

static enum rc parse_lines(const char *bytes, size_t len, struct context_list *out,
                           struct fault *why)
{
    const char *at = bytes, *end = bytes + len;
    enum rc rc = RC_OK;

    while (at < end && rc == RC_OK) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t size = (size_t)((stop != NULL ? stop : end) - at);
        cJSON *line = NULL;

        if (size > 0)
            rc = parse_object(ENGINE_DOCKER, "a context", at, size, &line, why);
        if (line != NULL)
            add(out, json_text(line, "Name"));
        cJSON_Delete(line);
        at += size + 1;
    }
    return rc;
}

static enum rc parse_connections(const char *bytes, size_t len, struct context_list *out,
                                 struct fault *why)
{
    cJSON *root = NULL;
    const cJSON *one = NULL;
    enum rc rc = parse_array(ENGINE_PODMAN, "a list of connections", bytes, len, &root, why);

    cJSON_ArrayForEach(one, root)
    {
        add(out, json_text(one, "Name"));
    }
    cJSON_Delete(root);
    return rc;
}

enum rc context_list_parse(enum engine_kind kind, const char *bytes, size_t len,
                           struct context_list *out, struct fault *why)
{
    enum rc rc;

    MUST(context_has(kind));
    *out = (struct context_list){0};
    rc = kind == ENGINE_DOCKER ? parse_lines(bytes, len, out, why)
                               : parse_connections(bytes, len, out, why);
    if (rc != RC_OK)
        context_list_release(out);
    return rc;
}

void context_list_release(struct context_list *list)
{
    mem_free(list->names);
    *list = (struct context_list){0};
}

enum rc context_list_read(struct spawner *s, const struct locate_where *where,
                          enum engine_kind kind, const struct cancel *stop,
                          struct context_list *out, struct fault *why)
{
    struct child_result res = {0};
    struct program prog;
    struct asking a = {s, where, engine_driver(kind), &prog, stop, &res};
    enum rc rc = locate_program(where, kind, &prog, why);

    *out = (struct context_list){0};
    if (rc == RC_OK)
        rc = asking_run(&a, OP_CONTEXTS, why);
    if (rc == RC_OK)
        rc = look_verdict(a.drv, rc, &res, why);
    if (rc == RC_OK)
        rc = context_list_parse(kind, buf_text(&res.out), res.out.len, out, why);
    child_result_release(&res);
    return rc;
}
