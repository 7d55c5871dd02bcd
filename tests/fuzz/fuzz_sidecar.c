/* fuzz_sidecar.c - the list of the bundled engine, of any bytes.
 *
 * Beside not crashing: what was taken for a list lets nothing out of its tree, finds each of its
 * entries again, and has a program to run. With libFuzzer:
 *     clang -fsanitize=fuzzer,address ... */
#include "core/engine/sidecar_list.h"
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No part of it is "..". */
static bool goes_down(const char *path)
{
    while (*path != '\0') {
        size_t len = strcspn(path, "/");

        if (len == 0 || (len == 2 && memcmp(path, "..", 2) == 0))
            return false;
        path += len + (path[len] == '/');
    }
    return true;
}

static void check_entry(const struct sidecar_list *list, const struct sidecar_entry *e)
{
    MUST(sidecar_list_find(list, e->path) == e);
    MUST(e->path[0] != '\0' && strlen(e->path) <= SIDECAR_PATH_MAX && goes_down(e->path));
    MUST((e->mode & ~0755u) == 0);
    MUST((e->target != NULL) == (e->kind == SIDECAR_LINK));
    MUST(e->target == NULL || e->target[0] != '/');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sidecar_list list;
    struct fault why = {0};
    const struct sidecar_entry *program = NULL;

    if (sidecar_list_parse((const char *)data, size, &list, &why) != RC_OK) {
        MUST(why.text[0] != '\0' && list.count == 0 && list.entries == NULL);
        return 0;
    }
    MUST(list.count <= SIDECAR_ENTRIES_MAX && list.version[0] != '\0');
    MUST(strchr(list.version, '/') == NULL && list.version[0] != '.');
    for (size_t i = 0; i < list.count; i++)
        check_entry(&list, &list.entries[i]);
    program = sidecar_list_find(&list, SIDECAR_PROGRAM);
    MUST(program != NULL && program->kind == SIDECAR_FILE);
    sidecar_list_release(&list);
    return 0;
}
