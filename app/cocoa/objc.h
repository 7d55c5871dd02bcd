/* objc.h - the Objective-C runtime as plain C sees it, on Apple's runtime and on GCC's libobjc.
 *
 * Declares what we use and nothing else, so no Objective-C header is needed and none is shipped.
 * Messages are never sent by hand: each is a row of a .def table, which rows.h makes into a typed
 * inline function. This file and rows.h alone may name objc_msgSend (lint).
 *
 * Three ways to reach a method, one cast at the call:
 *   macOS                     objc_msgSend, and objc_msgSend_stret on x86_64 for big structs
 *   GNUstep                   objc_msg_lookup
 *   GNUstep, OBJC_TRAMPOLINE  an objc_msgSend of our own (app/gnustep/msgsend.S), which demands
 *                             the same as Apple's and so finds what the macro hides */
#ifndef APP_COCOA_OBJC_H
#define APP_COCOA_OBJC_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct objc_object *id;
typedef struct objc_class *Class;
typedef struct objc_selector *SEL;
typedef struct objc_ivar *Ivar;
typedef struct objc_method *Method;
typedef void (*IMP)(void);

#define nil ((id)0)

/* Where a method takes a block; the system's and ours are made alike (app/macos/block.h). */
struct block;

#if defined(__APPLE__) && defined(__aarch64__)
typedef bool BOOL;
#define OBJC_BOOL "B" /* @encode(BOOL) */
#elif defined(__APPLE__)
typedef signed char BOOL;
#define OBJC_BOOL "c"
#else
typedef unsigned char BOOL;
#define OBJC_BOOL "C"
#endif
#define YES ((BOOL)1)
#define NO ((BOOL)0)

typedef struct {
    double x, y;
} NSPoint;
typedef struct {
    double width, height;
} NSSize;
typedef struct {
    NSPoint origin;
    NSSize size;
} NSRect;
typedef struct {
    unsigned long location, length;
} NSRange;

/* Same signatures on both runtimes. objc_getClass gives Nil for an unknown name. */
extern Class objc_getClass(const char *name);
extern Class objc_getMetaClass(const char *name);
extern Class objc_allocateClassPair(Class super, const char *name, size_t extra);
extern void objc_registerClassPair(Class c);
extern SEL sel_registerName(const char *name);
extern const char *sel_getName(SEL s);
/* SELs of one name may differ on GCC's runtime: never compare with ==. */
extern BOOL sel_isEqual(SEL a, SEL b);
extern BOOL class_addMethod(Class c, SEL s, IMP imp, const char *types);
extern IMP class_replaceMethod(Class c, SEL s, IMP imp, const char *types);
extern BOOL class_addIvar(Class c, const char *name, size_t size, uint8_t log2_align,
                          const char *types);
extern Ivar class_getInstanceVariable(Class c, const char *name);
extern ptrdiff_t ivar_getOffset(Ivar v);
extern BOOL class_respondsToSelector(Class c, SEL s);
extern Method class_getInstanceMethod(Class c, SEL s);
extern Method class_getClassMethod(Class c, SEL s);
extern const char *method_getTypeEncoding(Method m);
extern IMP method_getImplementation(Method m);
extern const char *class_getName(Class c);
extern const char *object_getClassName(id o);

struct objc_super_call { /* struct objc_super of both runtimes */
    id receiver;
    Class super_class;
};

#if defined(__APPLE__)
/* Nil for nil. */
extern Class object_getClass(id o);
#else
/* Inline in a header of GCC's runtime too, not a symbol. */
static inline Class object_getClass(id o)
{
    return o == nil ? (Class)0 : *(Class *)(void *)o;
}
/* The method that a message to super reaches. */
extern IMP objc_msg_lookup_super(struct objc_super_call *super, SEL s);
#endif

#if defined(__APPLE__) || defined(OBJC_TRAMPOLINE)
/* Cast to the method's exact type at each call: rows.h does. */
extern void objc_msgSend(void);
#define OBJC_SEND(o, s) ((void)(o), (void)(s), (IMP)objc_msgSend)
#if defined(__x86_64__)
/* The same for results of more than 16 bytes. */
extern void objc_msgSend_stret(void);
#define OBJC_SEND_STRUCT(o, s) ((void)(o), (void)(s), (IMP)objc_msgSend_stret)
#else
#define OBJC_SEND_STRUCT(o, s) OBJC_SEND(o, s)
#endif
#else
/* The method that a message reaches, to be cast in the same way. */
extern IMP objc_msg_lookup(id o, SEL s);
#define OBJC_SEND(o, s) objc_msg_lookup((o), (s))
#define OBJC_SEND_STRUCT(o, s) OBJC_SEND(o, s)
#endif

#endif
