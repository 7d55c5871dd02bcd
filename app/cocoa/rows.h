/* rows.h - makes a .def table into an enum, two arrays and one typed inline function a row.
 *
 * No include guard: the includer sets ROWS_DEF (the table) and ROWS_NAME (prefix of the arrays),
 * as cocoa.h does. For ROWS_NAME `cocoa` the arrays are cocoa_class[] and cocoa_sel[]; rows_load.h
 * defines and fills them; afterwards they are only read.
 *
 * Rows:
 *   CLASS(NSMenu, REQ)                                          index CLS_NSMenu
 *   MSGn (function, REQ, NSMenu, "selector:", ret, A, B ...)    instance method with a result
 *   VOIDn(function, REQ, NSMenu, "selector:", A, B ...)         instance method without
 *   CMSGn(function, REQ, NSMenu, "selector:", ret, A, B ...)    class method with a result
 *   CVOID0(function, REQ, NSMenu, "selector")                   class method without
 *   RECTn(function, REQ, NSView, "frame", A ...)                NSRect result, a zero rectangle of
 *                                                               nil; not in cocoa.def (style)
 *   SELECTOR(name, "selector:")                                 a name that we implement or pass
 * REQ: there on every supported system. OPT: may be missing; ask can_function(receiver) first.
 * The selector of a row is SEL_function; for class methods can_function() takes no receiver. */
#define ROWS_JOIN2(a, b) a##b
#define ROWS_JOIN(a, b) ROWS_JOIN2(a, b)
#define ROWS_CLASSES ROWS_JOIN(ROWS_NAME, _class)
#define ROWS_SELS ROWS_JOIN(ROWS_NAME, _sel)

enum {
#define ROW_CLASS(cls, need) CLS_##cls,
#define ROW_SEL(kind, name, need, cls, text)
#include "app/cocoa/rows_each.h"
    ROWS_JOIN(ROWS_NAME, _class_count)
};

enum {
#define ROW_CLASS(cls, need)
#define ROW_SEL(kind, name, need, cls, text) SEL_##name,
#include "app/cocoa/rows_each.h"
    ROWS_JOIN(ROWS_NAME, _sel_count)
};

/* The classes and selectors of the table, by the indexes above. */
extern Class ROWS_CLASSES[ROWS_JOIN(ROWS_NAME, _class_count)];
extern SEL ROWS_SELS[ROWS_JOIN(ROWS_NAME, _sel_count)];
/* Fills both arrays; a missing REQ class is a bug. Main thread, before anything else of AppKit. */
void ROWS_JOIN(ROWS_NAME, _load)(void);

#define ROWS_CAN(name)                                                                             \
    static inline bool can_##name(id o)                                                            \
    {                                                                                              \
        return o != nil && class_respondsToSelector(object_getClass(o), ROWS_SELS[SEL_##name]);    \
    }
#define ROWS_CAN_CLASS(name, cls)                                                                  \
    static inline bool can_##name(void)                                                            \
    {                                                                                              \
        Class c = ROWS_CLASSES[CLS_##cls];                                                         \
        return c != (Class)0 &&                                                                    \
               class_respondsToSelector(object_getClass((id)(void *)c), ROWS_SELS[SEL_##name]);    \
    }

#define MSG0(name, need, cls, text, ret)                                                           \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o)                                                                   \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL))OBJC_SEND(o, s))(o, s);                                           \
    }
#define MSG1(name, need, cls, text, ret, A)                                                        \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a)                                                              \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A))OBJC_SEND(o, s))(o, s, a);                                     \
    }
#define MSG2(name, need, cls, text, ret, A, B)                                                     \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a, B b)                                                         \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A, B))OBJC_SEND(o, s))(o, s, a, b);                               \
    }
#define MSG3(name, need, cls, text, ret, A, B, C)                                                  \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a, B b, C c)                                                    \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A, B, C))OBJC_SEND(o, s))(o, s, a, b, c);                         \
    }
#define MSG4(name, need, cls, text, ret, A, B, C, D)                                               \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a, B b, C c, D d)                                               \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A, B, C, D))OBJC_SEND(o, s))(o, s, a, b, c, d);                   \
    }
#define MSG5(name, need, cls, text, ret, A, B, C, D, E)                                            \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a, B b, C c, D d, E e)                                          \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A, B, C, D, E))OBJC_SEND(o, s))(o, s, a, b, c, d, e);             \
    }
#define MSG6(name, need, cls, text, ret, A, B, C, D, E, F)                                         \
    ROWS_CAN(name)                                                                                 \
    static inline ret name(id o, A a, B b, C c, D d, E e, F f)                                     \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        return ((ret(*)(id, SEL, A, B, C, D, E, F))OBJC_SEND(o, s))(o, s, a, b, c, d, e, f);       \
    }
#define VOID0(name, need, cls, text)                                                               \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o)                                                                  \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL))OBJC_SEND(o, s))(o, s);                                                \
    }
#define VOID1(name, need, cls, text, A)                                                            \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a)                                                             \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A))OBJC_SEND(o, s))(o, s, a);                                          \
    }
#define VOID2(name, need, cls, text, A, B)                                                         \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a, B b)                                                        \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A, B))OBJC_SEND(o, s))(o, s, a, b);                                    \
    }
#define VOID3(name, need, cls, text, A, B, C)                                                      \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a, B b, C c)                                                   \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A, B, C))OBJC_SEND(o, s))(o, s, a, b, c);                              \
    }
#define VOID4(name, need, cls, text, A, B, C, D)                                                   \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a, B b, C c, D d)                                              \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A, B, C, D))OBJC_SEND(o, s))(o, s, a, b, c, d);                        \
    }
#define VOID5(name, need, cls, text, A, B, C, D, E)                                                \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a, B b, C c, D d, E e)                                         \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A, B, C, D, E))OBJC_SEND(o, s))(o, s, a, b, c, d, e);                  \
    }
#define VOID6(name, need, cls, text, A, B, C, D, E, F)                                             \
    ROWS_CAN(name)                                                                                 \
    static inline void name(id o, A a, B b, C c, D d, E e, F f)                                    \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        ((void (*)(id, SEL, A, B, C, D, E, F))OBJC_SEND(o, s))(o, s, a, b, c, d, e, f);            \
    }
#define CMSG0(name, need, cls, text, ret)                                                          \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline ret name(void)                                                                   \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        return ((ret(*)(id, SEL))OBJC_SEND(o, s))(o, s);                                           \
    }
#define CMSG1(name, need, cls, text, ret, A)                                                       \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline ret name(A a)                                                                    \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        return ((ret(*)(id, SEL, A))OBJC_SEND(o, s))(o, s, a);                                     \
    }
#define CMSG2(name, need, cls, text, ret, A, B)                                                    \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline ret name(A a, B b)                                                               \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        return ((ret(*)(id, SEL, A, B))OBJC_SEND(o, s))(o, s, a, b);                               \
    }
#define CMSG3(name, need, cls, text, ret, A, B, C)                                                 \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline ret name(A a, B b, C c)                                                          \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        return ((ret(*)(id, SEL, A, B, C))OBJC_SEND(o, s))(o, s, a, b, c);                         \
    }
#define CMSG4(name, need, cls, text, ret, A, B, C, D)                                              \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline ret name(A a, B b, C c, D d)                                                     \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        return ((ret(*)(id, SEL, A, B, C, D))OBJC_SEND(o, s))(o, s, a, b, c, d);                   \
    }
#define CVOID0(name, need, cls, text)                                                              \
    ROWS_CAN_CLASS(name, cls)                                                                      \
    static inline void name(void)                                                                  \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        id o = (id)(void *)ROWS_CLASSES[CLS_##cls];                                                \
        ((void (*)(id, SEL))OBJC_SEND(o, s))(o, s);                                                \
    }
#define RECT0(name, need, cls, text)                                                               \
    ROWS_CAN(name)                                                                                 \
    static inline NSRect name(id o)                                                                \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        NSRect none = {{0, 0}, {0, 0}};                                                            \
        return o == nil ? none : ((NSRect(*)(id, SEL))OBJC_SEND_STRUCT(o, s))(o, s);               \
    }
#define RECT1(name, need, cls, text, A)                                                            \
    ROWS_CAN(name)                                                                                 \
    static inline NSRect name(id o, A a)                                                           \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        NSRect none = {{0, 0}, {0, 0}};                                                            \
        return o == nil ? none : ((NSRect(*)(id, SEL, A))OBJC_SEND_STRUCT(o, s))(o, s, a);         \
    }
#define RECT2(name, need, cls, text, A, B)                                                         \
    ROWS_CAN(name)                                                                                 \
    static inline NSRect name(id o, A a, B b)                                                      \
    {                                                                                              \
        SEL s = ROWS_SELS[SEL_##name];                                                             \
        NSRect none = {{0, 0}, {0, 0}};                                                            \
        return o == nil ? none : ((NSRect(*)(id, SEL, A, B))OBJC_SEND_STRUCT(o, s))(o, s, a, b);   \
    }
#define CLASS(cls, need)
#define SELECTOR(name, text)
#include ROWS_DEF
#undef CLASS
#undef SELECTOR
#undef MSG0
#undef MSG1
#undef MSG2
#undef MSG3
#undef MSG4
#undef MSG5
#undef MSG6
#undef VOID0
#undef VOID1
#undef VOID2
#undef VOID3
#undef VOID4
#undef VOID5
#undef VOID6
#undef CMSG0
#undef CMSG1
#undef CMSG2
#undef CMSG3
#undef CMSG4
#undef CVOID0
#undef RECT0
#undef RECT1
#undef RECT2
#undef ROWS_CAN
#undef ROWS_CAN_CLASS
#undef ROWS_CLASSES
#undef ROWS_SELS
#undef ROWS_JOIN
#undef ROWS_JOIN2
