/* rows_each.h - reads ROWS_DEF once, giving each row to the includer's two macros, which this file
 * undefines again: ROW_CLASS(cls, need) and ROW_SEL(kind, name, need, cls, "selector"), where kind
 * is INSTANCE, OF_CLASS or NAME. The class of a SELECTOR row is NSObject. No include guard. */
#define CLASS(cls, need) ROW_CLASS(cls, need)
#define SELECTOR(name, text) ROW_SEL(NAME, name, REQ, NSObject, text)
#define MSG0(name, need, cls, text, ret) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG1(name, need, cls, text, ret, A) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG2(name, need, cls, text, ret, A, B) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG3(name, need, cls, text, ret, A, B, C) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG4(name, need, cls, text, ret, A, B, C, D) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG5(name, need, cls, text, ret, A, B, C, D, E) ROW_SEL(INSTANCE, name, need, cls, text)
#define MSG6(name, need, cls, text, ret, A, B, C, D, E, F) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID0(name, need, cls, text) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID1(name, need, cls, text, A) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID2(name, need, cls, text, A, B) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID3(name, need, cls, text, A, B, C) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID4(name, need, cls, text, A, B, C, D) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID5(name, need, cls, text, A, B, C, D, E) ROW_SEL(INSTANCE, name, need, cls, text)
#define VOID6(name, need, cls, text, A, B, C, D, E, F) ROW_SEL(INSTANCE, name, need, cls, text)
#define CMSG0(name, need, cls, text, ret) ROW_SEL(OF_CLASS, name, need, cls, text)
#define CMSG1(name, need, cls, text, ret, A) ROW_SEL(OF_CLASS, name, need, cls, text)
#define CMSG2(name, need, cls, text, ret, A, B) ROW_SEL(OF_CLASS, name, need, cls, text)
#define CMSG3(name, need, cls, text, ret, A, B, C) ROW_SEL(OF_CLASS, name, need, cls, text)
#define CMSG4(name, need, cls, text, ret, A, B, C, D) ROW_SEL(OF_CLASS, name, need, cls, text)
#define CVOID0(name, need, cls, text) ROW_SEL(OF_CLASS, name, need, cls, text)
#define RECT0(name, need, cls, text) ROW_SEL(INSTANCE, name, need, cls, text)
#define RECT1(name, need, cls, text, A) ROW_SEL(INSTANCE, name, need, cls, text)
#define RECT2(name, need, cls, text, A, B) ROW_SEL(INSTANCE, name, need, cls, text)
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
#undef ROW_CLASS
#undef ROW_SEL
