/* fuzz_parse.c - every parser of an engine's output on any bytes.
 *
 * The first byte picks the engine and the parser, the rest is what it reads. Beside not crashing:
 * a list that was read can be written as JSON and read again as the same list, its copy is equal,
 * and no argument for a command is there that is not a valid id. With libFuzzer:
 *     clang -fsanitize=fuzzer,address ...
 * and with -DFUZZ_MAIN as a plain program that runs the files it is given. */
#include "core/engine/engine.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JSON_MAX ((size_t)64 << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_json(const struct snapshot *s, struct buf *json)
{
    struct snapshot *again = NULL, *copy = snapshot_copy(s);
    struct buf second;
    struct fault why;

    buf_init(&second, JSON_MAX);
    MUST(snapshot_json(copy, false, &second) == RC_OK);
    MUST(json->len == second.len && memcmp(json->data, second.data, second.len) == 0);
    buf_clear(&second);
    MUST(snapshot_from_json(buf_text(json), json->len, s->kind, &again, &why) == RC_OK);
    MUST(again->count <= s->count);
    snapshot_free(again);
    snapshot_free(copy);
    buf_release(&second);
}

static void check_snapshot(struct snapshot *s)
{
    struct buf json;

    snapshot_seal(s);
    for (size_t i = 0; i < s->count; i++) {
        const struct container *c = &s->list[i];
        struct valid_id id;

        MUST(c->id[0] != '\0' && c->name != NULL && c->image != NULL);
        MUST(c->arg.text[0] == '\0' || strcmp(c->arg.text, c->id) == 0);
        MUST(c->arg.text[0] == '\0' ||
             valid_id(c->arg.text, strlen(c->arg.text), &id, NULL) == RC_OK);
        MUST(c->port_count <= SNAPSHOT_PORTS_MAX && c->label_count <= SNAPSHOT_LABELS_MAX);
        for (size_t p = 0; p < c->port_count; p++)
            MUST(c->ports[p].host_port > 0 && c->ports[p].count > 0 &&
                 c->ports[p].host_port + c->ports[p].count - 1 <= UINT16_MAX);
        MUST(snapshot_find(s, c->id) == c);
    }
    buf_init(&json, JSON_MAX);
    MUST(snapshot_json(s, false, &json) == RC_OK);
    check_json(s, &json);
    buf_release(&json);
}

static void lists(const struct engine_driver *drv, bool inspect, const char *bytes, size_t len)
{
    struct snapshot *s = snapshot_new(drv->kind);
    struct fault why = {0};
    enum rc rc = (inspect ? drv->parse_inspect : drv->parse_list)(bytes, len, s, &why);

    MUST(rc == RC_OK || why.text[0] != '\0');
    if (rc == RC_OK)
        check_snapshot(s);
    snapshot_free(s);
}

static void stats(const struct engine_driver *drv, const char *bytes, size_t len)
{
    struct engine_stat *list = NULL;
    size_t count = 0;
    struct fault why = {0};

    if (drv->parse_stats(bytes, len, &list, &count, &why) != RC_OK)
        MUST(list == NULL && count == 0 && why.text[0] != '\0');
    for (size_t i = 0; i < count; i++)
        MUST(list[i].id[0] != '\0' && strlen(list[i].id) <= VALID_ID_MAX);
    mem_free(list);
}

static void small(const struct engine_driver *drv, unsigned what, const char *bytes, size_t len)
{
    struct engine_status status;
    struct engine_version version;
    struct engine_event event;
    struct fault why = {0};
    enum rc rc = RC_OK;

    if (what == 0 && drv->parse_status != NULL)
        rc = drv->parse_status(bytes, len, &status, &why);
    else if (what == 1)
        rc = drv->parse_version(bytes, len, &version, &why);
    else if (what == 2 && drv->parse_event != NULL)
        rc = drv->parse_event(bytes, len, &event, &why);
    else
        MUST(drv->classify((int)(len % 200), bytes, len) < ENGINE_ERROR_COUNT);
    MUST(rc == RC_OK || why.text[0] != '\0');
}

static void digest(enum engine_kind kind, const char *bytes, size_t len)
{
    unsigned char one[ENGINE_DIGEST_SIZE], two[ENGINE_DIGEST_SIZE];
    char *padded = mem_new(len + 2);

    engine_digest(kind, bytes, len, one);
    engine_digest(kind, bytes, len, two);
    MUST(memcmp(one, two, sizeof one) == 0);
    memcpy(padded, bytes, len);
    padded[len] = 'x'; /* one byte more is never the same list */
    engine_digest(kind, padded, len + 1, two);
    MUST(memcmp(one, two, sizeof one) != 0);
    (void)docker_is_old_list(bytes, len);
    mem_free(padded);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct engine_driver *drv = NULL;
    const char *bytes = NULL;

    if (size == 0)
        return 0;
    drv = engine_driver((enum engine_kind)(data[0] % ENGINE_COUNT));
    bytes = (const char *)data + 1;
    switch (data[0] / ENGINE_COUNT % 8) {
    case 0:
    case 1:
        lists(drv, data[0] / ENGINE_COUNT % 8 == 1, bytes, size - 1);
        break;
    case 2:
        stats(drv, bytes, size - 1);
        break;
    case 3:
        digest(drv->kind, bytes, size - 1);
        break;
    default:
        small(drv, data[0] / ENGINE_COUNT % 8 - 4, bytes, size - 1);
    }
    return 0;
}

#ifdef FUZZ_MAIN
int main(int argc, char **argv)
{
    static uint8_t bytes[1 << 20];

    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        size_t len = 0;

        if (f == NULL) {
            perror(argv[i]);
            return 1;
        }
        len = fread(bytes, 1, sizeof bytes, f);
        fclose(f);
        LLVMFuzzerTestOneInput(bytes, len);
    }
    printf("%d files\n", argc - 1);
    return 0;
}
#endif
