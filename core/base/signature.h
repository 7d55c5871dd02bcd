/* signature.h - is this program signed by whom it should be?
 *
 * One implementation per system: signature_macos.c asks the Security framework. Linux has no code
 * signatures: signature_linux.c says yes to everything, and what comes before it is the check there
 * (a list of digests for the bundled engine, minisign for an update).
 * Threads: any but the main one: a check reads the whole program. */
#ifndef CORE_BASE_SIGNATURE_H
#define CORE_BASE_SIGNATURE_H
#include "core/base/fault.h"

#define SIGNATURE_REQUIREMENT_MAX 256

/* Checks the program or bundle at the absolute `path`, all its processors and all that is nested
 * in it, against a requirement in Apple's language. RC_DENIED with the system's reason. */
NODISCARD enum rc signature_check(const char *path, const char *requirement, struct fault *why);

/* Writes the requirement "by this team, through Apple's own certificates"; with an `identifier`
 * (may be NULL) also "this very program". RC_DENIED if one of them is not of such a name's form:
 * nothing can be smuggled into the language. Pure. */
NODISCARD enum rc signature_requirement(const char *team, const char *identifier,
                                        char out[SIGNATURE_REQUIREMENT_MAX], struct fault *why);

#endif
