/* rows_load.h - defines and fills the arrays that rows.h declares; included once per table, after
 * the header that includes rows.h, with the same ROWS_DEF and ROWS_NAME. No include guard. */
#define ROWS_JOIN2(a, b) a##b
#define ROWS_JOIN(a, b) ROWS_JOIN2(a, b)

/* See rows.h. */
Class ROWS_JOIN(ROWS_NAME, _class)[ROWS_JOIN(ROWS_NAME, _class_count)];
SEL ROWS_JOIN(ROWS_NAME, _sel)[ROWS_JOIN(ROWS_NAME, _sel_count)];

void ROWS_JOIN(ROWS_NAME, _load)(void)
{
    enum { OPT, REQ };
#define ROW_CLASS(cls, need)                                                                       \
    ROWS_JOIN(ROWS_NAME, _class)[CLS_##cls] = objc_getClass(#cls);                                 \
    MUST((need) == OPT || ROWS_JOIN(ROWS_NAME, _class)[CLS_##cls] != (Class)0);
#define ROW_SEL(kind, name, need, cls, text)
#include "app/cocoa/rows_each.h"
#define ROW_CLASS(cls, need)
#define ROW_SEL(kind, name, need, cls, text)                                                       \
    ROWS_JOIN(ROWS_NAME, _sel)[SEL_##name] = sel_registerName(text);
#include "app/cocoa/rows_each.h"
}
#undef ROWS_JOIN
#undef ROWS_JOIN2
