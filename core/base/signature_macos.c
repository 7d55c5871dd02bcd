/* signature_macos.c - code signatures, by the C functions of the Security framework.
 *
 * What is declared here is as little as is called: objects are plain pointers. "Create" and "Copy"
 * in a name give a reference that is ours to release. */
#include "core/base/signature.h"
#include <stdio.h>
#include <string.h>

#define UTF8 0x8000100u /* kCFStringEncodingUTF8 */
/* All processors, all that is nested, and nothing that an old system let pass. */
#define CHECK_ALL_ARCHITECTURES 1u /* kSecCSCheckAllArchitectures */
#define CHECK_NESTED 8u            /* kSecCSCheckNestedCode */
#define CHECK_STRICTLY 0x10u       /* kSecCSStrictValidate */
#define CHECK_LINKS 0x80u          /* kSecCSRestrictSymlinks */
#define NO_FLAGS 0u                /* kSecCSDefaultFlags */
#define REASON_MAX 256

extern const void *CFURLCreateFromFileSystemRepresentation(const void *allocator,
                                                           const unsigned char *path, long len,
                                                           unsigned char is_folder);
extern const void *CFStringCreateWithCString(const void *allocator, const char *text,
                                             unsigned encoding);
extern unsigned char CFStringGetCString(const void *string, char *out, long size,
                                        unsigned encoding);
extern const void *CFErrorCopyDescription(const void *error);
extern void CFRelease(const void *object);
extern int SecStaticCodeCreateWithPath(const void *url, unsigned flags, const void **out);
extern int SecRequirementCreateWithString(const void *text, unsigned flags, const void **out);
extern int SecStaticCodeCheckValidityWithErrors(const void *code, unsigned flags,
                                                const void *requirement, const void **error);

static void release(const void *object)
{
    if (object != NULL)
        CFRelease(object); /* ends the program for NULL */
}

static const void *code_at(const char *path)
{
    const void *code = NULL;
    const void *url = CFURLCreateFromFileSystemRepresentation(NULL, (const unsigned char *)path,
                                                              (long)strlen(path), 0);

    if (url != NULL && SecStaticCodeCreateWithPath(url, NO_FLAGS, &code) != 0)
        code = NULL;
    release(url);
    return code;
}

/* NULL if the system does not understand it. */
static const void *requirement_of(const char *text)
{
    const void *requirement = NULL;
    const void *string = CFStringCreateWithCString(NULL, text, UTF8);

    if (string != NULL && SecRequirementCreateWithString(string, NO_FLAGS, &requirement) != 0)
        requirement = NULL;
    release(string);
    return requirement;
}

/* The system's sentence, or its number where it has none. */
static void reason_of(const void *error, int status, char out[REASON_MAX])
{
    const void *text = error != NULL ? CFErrorCopyDescription(error) : NULL;

    if (text == NULL || !CFStringGetCString(text, out, REASON_MAX, UTF8))
        snprintf(out, REASON_MAX, "error %d", status);
    release(text);
}

enum rc signature_check(const char *path, const char *requirement, struct fault *why)
{
    const unsigned flags = CHECK_ALL_ARCHITECTURES | CHECK_NESTED | CHECK_STRICTLY | CHECK_LINKS;
    const void *code = code_at(path), *wanted = requirement_of(requirement), *error = NULL;
    char reason[REASON_MAX];
    enum rc rc = RC_OK;
    int status = 0;

    MUST(path[0] == '/' && requirement[0] != '\0');
    if (code == NULL || wanted == NULL) {
        rc = fault_set(why, RC_DENIED, "the signature of %s cannot be checked", path);
        goto out;
    }
    status = SecStaticCodeCheckValidityWithErrors(code, flags, wanted, &error);
    if (status != 0) {
        reason_of(error, status, reason);
        rc = fault_set(why, RC_DENIED, "%s is not signed as it should be: %s", path, reason);
    }
out:
    release(error);
    release(wanted);
    release(code);
    return rc;
}
