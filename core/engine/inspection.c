/* inspection.c - see inspection.h: the row of the table, the tree, what is left of it. */
#include "core/engine/inspection.h"
#include "core/engine/look.h"
#include "core/engine/mask.h"
#include "core/engine/parse.h"
#include "core/engine/run_line.h"
#include <string.h>

static enum rc write_all(const struct inspection *what, cJSON *one, struct buf *out,
                         struct fault *why)
{
    enum rc rc;

    if (!what->values)
        mask_environment(one);
    rc = json_show(out, one);
    if (rc == RC_OK)
        rc = buf_text_add(out, "\n");
    return rc == RC_OK
               ? RC_OK
               : fault_set(why, rc, "%s tells more than can be shown", engine_title(what->kind));
}

enum rc inspection_read(const struct inspection *what, const char *bytes, size_t len,
                        struct buf *out, struct fault *why)
{
    cJSON *root = NULL;
    enum rc rc = parse_array(what->kind, "what inspect tells", bytes, len, &root, why);

    if (rc == RC_OK && !cJSON_IsObject(root->child)) /* Apple up to 0.12: exit 0 and [] */
        rc = fault_set(why, RC_MISSING, "%s does not have it any more", engine_title(what->kind));
    if (rc == RC_OK && what->text == INSPECTION_RUN_LINE)
        rc = run_line(what->kind, root->child, what->values, out, why);
    else if (rc == RC_OK)
        rc = write_all(what, root->child, out, why);
    cJSON_Delete(root);
    return rc;
}

enum rc inspection_run(struct spawner *s, const struct locate_where *where,
                       const struct inspection *what, const struct cancel *stop, struct buf *out,
                       struct fault *why)
{
    struct cmd_args args = {.ids = &what->id, .id_count = 1};
    struct child_result res = {0};
    struct program program;
    struct cmd_call call;
    enum rc rc = locate_program(where, what->kind, &program, why);

    if (rc == RC_OK)
        rc = cmd_call_init(&call, &program, OP_INSPECT, &args, why);
    if (rc != RC_OK)
        return rc;
    rc = child_run(s, &call, stop, &res, why);
    rc = look_verdict(engine_driver(what->kind), rc, &res, why);
    if (rc == RC_OK)
        rc = inspection_read(what, buf_text(&res.out), res.out.len, out, why);
    child_result_release(&res);
    return rc;
}

size_t inspection_shown(const char *text)
{
    size_t shown = 0;

    for (int line = 0; line < INSPECTION_LINES_MAX; line++) {
        size_t len = strcspn(text + shown, "\n");

        len += text[shown + len] == '\n';
        if (len == 0 || shown + len > INSPECTION_SHOWN_MAX)
            return shown;
        shown += len;
    }
    return shown;
}
