/* rows_list.h - makes a .def table into plain data for the self-check: for ROWS_NAME `cocoa` the
 * array cocoa_rows[], one row a class or message. SELECTOR rows are names without a class and so
 * are left out. Included after selfcheck.h, once per table, with ROWS_DEF and ROWS_NAME set as for
 * rows.h. No include guard. */
#define ROWS_JOIN2(a, b) a##b
#define ROWS_JOIN(a, b) ROWS_JOIN2(a, b)

#define OPT false
#define REQ true
#define LIST_INSTANCE(need, cls, text) {#cls, text, need, false},
#define LIST_OF_CLASS(need, cls, text) {#cls, text, need, true},
#define LIST_NAME(need, cls, text)

static const struct selfcheck_row ROWS_JOIN(ROWS_NAME, _rows)[] = {
#define ROW_CLASS(cls, need) {#cls, NULL, need, false},
#define ROW_SEL(kind, name, need, cls, text)
#include "app/cocoa/rows_each.h"
#define ROW_CLASS(cls, need)
#define ROW_SEL(kind, name, need, cls, text) LIST_##kind(need, cls, text)
#include "app/cocoa/rows_each.h"
};
#undef OPT
#undef REQ
#undef LIST_INSTANCE
#undef LIST_OF_CLASS
#undef LIST_NAME
#undef ROWS_JOIN
#undef ROWS_JOIN2
