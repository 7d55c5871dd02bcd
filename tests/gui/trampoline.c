/* trampoline.c - does app/gnustep/msgsend.S hand every argument and result through?
 *
 * Links with msgsend.S alone: objc_msg_lookup() is played here, and spoils every register that
 * may hold an argument, which a real look-up does now and then. Prints one line per failed check
 * and "N passed, N failed"; exit status 1 if one failed. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct object *id;
typedef struct selector *SEL;
typedef void (*IMP)(void);

struct two_doubles {
    double a, b;
};
struct four_doubles {
    double a, b, c, d;
};
struct five_longs {
    long v[5];
};

extern void objc_msgSend(void);
#if defined(__x86_64__)
extern void objc_msgSend_stret(void);
#endif
IMP objc_msg_lookup(id self, SEL cmd);

static IMP next;     /* the method that is found */
static id seen_self; /* what the look-up was asked for */
static SEL seen_cmd;
static int passed, failed;
static int object_here, selector_here; /* two addresses */

IMP objc_msg_lookup(id self, SEL cmd)
{
    seen_self = self;
    seen_cmd = cmd;
#if defined(__aarch64__)
    __asm__ volatile("mov x2, #1\n mov x3, #1\n mov x4, #1\n mov x5, #1\n mov x6, #1\n"
                     "mov x7, #1\n mov x8, #1\n fmov d0, #1.0\n fmov d1, d0\n fmov d2, d0\n"
                     "fmov d3, d0\n fmov d4, d0\n fmov d5, d0\n fmov d6, d0\n fmov d7, d0\n" ::
                         : "x2", "x3", "x4", "x5", "x6", "x7", "x8", "v0", "v1", "v2", "v3", "v4",
                           "v5", "v6", "v7");
#else
    __asm__ volatile("movl $1, %%edx\n movl $1, %%ecx\n movl $1, %%r8d\n movl $1, %%r9d\n"
                     "pxor %%xmm0, %%xmm0\n pxor %%xmm1, %%xmm1\n pxor %%xmm2, %%xmm2\n"
                     "pxor %%xmm3, %%xmm3\n pxor %%xmm4, %%xmm4\n pxor %%xmm5, %%xmm5\n"
                     "pxor %%xmm6, %%xmm6\n pxor %%xmm7, %%xmm7\n" ::
                         : "rdx", "rcx", "r8", "r9", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5",
                           "xmm6", "xmm7");
#endif
    return next;
}

static void check(int good, const char *what)
{
    if (good) {
        passed++;
        return;
    }
    failed++;
    printf("failed: %s\n", what);
}

static id object(void)
{
    return (id)(void *)&object_here;
}

static SEL selector(void)
{
    return (SEL)(void *)&selector_here;
}

/* Through a result, because gcc refuses to call a declared function by a cast of its name. */
static IMP plain_send(void)
{
    return objc_msgSend;
}

static IMP struct_send(void)
{
#if defined(__x86_64__)
    return objc_msgSend_stret;
#else
    return objc_msgSend;
#endif
}

/* ---- methods ---- */

/* Ten integers and nine doubles: some of each go over the stack. */
static double many(id self, SEL cmd, long a, long b, long c, long d, long e, long f, long g,
                   double p, double q, double r, double s, double t, double u, double v, double w,
                   double x, long last)
{
    if (self != object() || cmd != selector())
        return -1;
    return (double)(a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1000000 * g) +
           p / 2 + q / 4 + r / 8 + s / 16 + t / 32 + u / 64 + v / 128 + w / 256 + x / 512 +
           (double)last * 10000000;
}

static struct four_doubles scaled(id self, SEL cmd, struct four_doubles in, double by)
{
    struct four_doubles out = {in.a * by, in.b * by, in.c * by, in.d * by};

    (void)self;
    (void)cmd;
    return out;
}

static struct five_longs counted(id self, SEL cmd, long from)
{
    struct five_longs out;

    (void)self;
    (void)cmd;
    for (int i = 0; i < 5; i++)
        out.v[i] = from + i;
    return out;
}

static struct two_doubles doubled(id self, SEL cmd, double k)
{
    struct two_doubles out = {k, 2 * k};

    (void)self;
    (void)cmd;
    return out;
}

/* At a round address, so that a send that leaves it in rax says "no vector registers". */
__attribute__((aligned(256))) static int variadic(id self, SEL cmd, const char *first, ...)
{
    va_list ap;
    int i;
    double d;
    const char *text;

    (void)self;
    (void)cmd;
    va_start(ap, first);
    i = va_arg(ap, int);
    d = va_arg(ap, double);
    text = va_arg(ap, const char *);
    va_end(ap);
    return i == 7 && d == 2.25 && strcmp(text, "x") == 0 && strcmp(first, "f") == 0;
}

/* ---- checks ---- */

static void arguments_on_the_stack(void)
{
    double sum;

    seen_self = NULL;
    next = (IMP)many;
    sum = ((double (*)(id, SEL, long, long, long, long, long, long, long, double, double, double,
                       double, double, double, double, double, double, long))plain_send())(
        object(), selector(), 1, 2, 3, 4, 5, 6, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9);
    check(sum == 97654321 + 511.0 / 512, "arguments in registers and on the stack");
    check(seen_self == object() && seen_cmd == selector(), "what the look-up is asked for");
}

static void struct_of_four_doubles(void)
{
    struct four_doubles in = {1, 2, 3, 4}, out;

    next = (IMP)scaled;
    out = ((struct four_doubles(*)(id, SEL, struct four_doubles, double))struct_send())(
        object(), selector(), in, 2);
    check(out.a == 2 && out.b == 4 && out.c == 6 && out.d == 8, "struct of four doubles");
}

static void struct_of_five_longs(void)
{
    struct five_longs out;

    seen_self = NULL;
    next = (IMP)counted;
    out = ((struct five_longs(*)(id, SEL, long))struct_send())(object(), selector(), 40);
    check(out.v[0] == 40 && out.v[4] == 44, "struct of five longs");
    check(seen_self == object() && seen_cmd == selector(), "look-up for a struct");
}

static void struct_in_registers(void)
{
    struct two_doubles out;

    next = (IMP)doubled;
    out = ((struct two_doubles(*)(id, SEL, double))plain_send())(object(), selector(), 3);
    check(out.a == 3 && out.b == 6, "struct in registers");
}

static void variadic_call(void)
{
    next = (IMP)variadic;
    check(((int (*)(id, SEL, const char *, ...))plain_send())(object(), selector(), "f", 7, 2.25,
                                                              "x"),
          "variadic call");
}

static void nil_answers_zero(void)
{
    volatile double junk = 5; /* is in the register of the result */
    double d = ((double (*)(id, SEL, double))plain_send())(NULL, selector(), junk);
    long n = ((long (*)(id, SEL, double))plain_send())(NULL, selector(), junk);

    check(d == 0 && n == 0, "nil answers zero");
}

static void nil_leaves_a_struct(void)
{
#if defined(__x86_64__)
    struct five_longs out = {{7, 7, 7, 7, 7}};
    void *back = ((void *(*)(void *, id, SEL, long))struct_send())(&out, NULL, selector(), 1);

    check(back == &out && out.v[0] == 7 && out.v[4] == 7, "nil leaves a struct as it is");
#endif
}

int main(void)
{
    arguments_on_the_stack();
    struct_of_four_doubles();
    struct_of_five_longs();
    struct_in_registers();
    variadic_call();
    nil_answers_zero();
    nil_leaves_a_struct();
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
