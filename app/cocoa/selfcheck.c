/* selfcheck.c - see selfcheck.h. The checks of the build know Apple's tables; this one knows the
 * machine it runs on, so it is the first line of docs/on-a-mac.md that can surprise. */
#include "app/cocoa/selfcheck.h"
#include "app/cocoa/objc.h"
#include "app/cocoa/platform.h"
#define ROWS_DEF "app/cocoa/cocoa.def"
#define ROWS_NAME cocoa
#include "app/cocoa/rows_list.h"
#undef ROWS_DEF
#undef ROWS_NAME

struct tally {
    size_t found, required, optional; /* rows: there; missing REQ; missing OPT */
};

/* A row whose receiver is handed in may be meant for a class itself: gs_alloc of gnustep.def. */
static bool is_there(const struct selfcheck_row *row)
{
    Class c = objc_getClass(row->cls);
    SEL s;

    if (c == (Class)0 || row->text == NULL)
        return c != (Class)0;
    s = sel_registerName(row->text);
    return (!row->of_class && class_getInstanceMethod(c, s) != NULL) ||
           class_getClassMethod(c, s) != NULL;
}

static enum rc tell_missing(const struct selfcheck_row *row, struct buf *out)
{
    const char *what = row->required ? "MISSING  " : "not here ";

    if (row->text == NULL)
        return buf_print(out, "  %s %s\n", what, row->cls);
    return buf_print(out, "  %s %c[%s %s]\n", what, row->of_class ? '+' : '-', row->cls, row->text);
}

/* Adds the number of missing REQ rows to *missing. */
static enum rc check_table(const struct selfcheck_table *table, size_t *missing, struct buf *out)
{
    struct tally t = {0};
    enum rc rc = RC_OK;

    for (size_t i = 0; i < table->count && rc == RC_OK; i++) {
        if (is_there(&table->rows[i])) {
            t.found++;
            continue;
        }
        *(table->rows[i].required ? &t.required : &t.optional) += 1;
        rc = tell_missing(&table->rows[i], out);
    }
    if (rc != RC_OK)
        return rc;
    *missing += t.required;
    return buf_print(out, "  %-12s%zu rows: %zu found, %zu missing, %zu not here and not needed\n",
                     table->name, table->count, t.found, t.required, t.optional);
}

enum rc selfcheck(struct buf *out)
{
    const struct selfcheck_table shared = {"cocoa.def", cocoa_rows, countof(cocoa_rows)};
    const struct selfcheck_table *own = platform_table();
    size_t missing = 0;
    enum rc rc = check_table(&shared, &missing, out);

    if (rc == RC_OK && own != NULL)
        rc = check_table(own, &missing, out);
    return rc != RC_OK || missing == 0 ? rc : RC_MISSING;
}
