/* exceptions.c - see exceptions.h. Four ways lead here: the process-wide handler, which
 * finishLaunching replaces and so is set again behind it; NSApplication's own handler, which
 * swallows by default; and the run loop, which catches what a timer or a posted message raises
 * and only logs it, so the log is read. */
#include "app/gnustep/exceptions.h"
#include "app/gnustep/gnustep.h"
#include "app/gnustep/replace.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_UNAVAILABLE = 69 };

extern void NSSetUncaughtExceptionHandler(void (*handler)(id));
extern void (*_NSLog_printf_handler)(id message);

static const char *text_of(id string)
{
    const char *s = string == nil ? NULL : gs_string_utf8(string);

    return s == NULL ? "" : s;
}

static void die(id exception)
{
    const char *name = text_of(gs_exception_name(exception));
    const char *reason = text_of(gs_exception_reason(exception));

    if (strcmp(name, "NSWindowServerCommunicationException") == 0) {
        fprintf(stderr, "no display: %s\n", reason);
        _exit(EXIT_UNAVAILABLE); /* no exit(): AppKit is half made */
    }
    fprintf(stderr, "uncaught %s: %s\n", name, reason);
    abort();
}

/* The run loop's line: "... ignoring exception 'NAME' (reason 'REASON') raised during ...". */
static void take_log(id message)
{
    static const char mark[] = "ignoring exception '", middle[] = "' (reason '";
    const char *text = text_of(message);
    const char *name = strstr(text, mark);
    const char *reason = name == NULL ? NULL : strstr(name, middle);
    const char *end = reason == NULL ? NULL : strstr(reason, "') raised");

    fputs(text, stderr);
    if (end == NULL)
        return;
    name += strlen(mark);
    fprintf(stderr, "uncaught %.*s: ", (int)(reason - name), name);
    reason += strlen(middle);
    fprintf(stderr, "%.*s\n", (int)(end - reason), reason);
    abort();
}

static void handle(id self, SEL cmd, id exception)
{
    (void)self;
    (void)cmd;
    die(exception);
}

static void finish(id self, SEL cmd)
{
    NSSetUncaughtExceptionHandler(die);
    ((void (*)(id, SEL))shim()->old_finish)(self, cmd);
}

void exceptions_install(void)
{
    NSSetUncaughtExceptionHandler(die);
    _NSLog_printf_handler = take_log;
    replace_method("NSApplication", "_handleException:", (IMP)handle, "v@:@");
    shim()->old_finish = replace_method("NSApplication", "finishLaunching", (IMP)finish, "v@:");
}
