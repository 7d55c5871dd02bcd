/* locate.h - which executable of an engine is used, and why it may be trusted.
 *
 * Fixed absolute folders per engine and system (engines.md 5), never PATH. Trusted means: the
 * file and each folder above it, before and after resolving links, is owned by root or the user
 * and not writable by others; group write only for root's or wheel's group 0, on macOS also admin
 * (80) (mac-behaviour 19). The first that exists decides: an untrusted one is reported, not
 * skipped. Apple's engine that came with the program comes first, and is verified before its path
 * is walked (sidecar.h), which takes a second the first time. Threads: any but the main one, unless
 * there is no sidecar. The file system comes through a seam, so tests have a Mac's modes. */
#ifndef CORE_ENGINE_LOCATE_H
#define CORE_ENGINE_LOCATE_H
#include "core/engine/context.h"
#include "core/engine/sidecar.h"
#include "core/exec/host.h"
#include <sys/stat.h>
#include <sys/types.h>

/* The two questions asked of the file system. NULL functions mean the real ones. */
struct locate_fs {
    int (*lstat)(const char *path, struct stat *st);
    ssize_t (*readlink)(const char *path, char *out, size_t size);
};

struct locate_where {
    const char *home;          /* user's home folder, "" for none */
    const char *bundle;        /* folder that the bundled engine is run from, "" for none */
    struct sidecar *sidecar;   /* what makes and verifies that folder; NULL: it is taken as it is */
    struct contexts *contexts; /* where engines are asked; NULL: as they choose */
    uid_t uid;
    bool mac;           /* macOS's folders and groups instead of Linux's */
    bool apple_silicon; /* on a Mac: its processor; Apple's engine needs it */
    const struct locate_fs *fs;
};

/* This process's own: HOME, uid, system; `where` borrows from static and environ memory. */
void locate_here(struct locate_where *where);

/* RC_OK and *out, whose path has no links left, with the chosen context; RC_MISSING when no folder
 * has it; RC_DENIED when it is not trusted, with the reason in a sentence; what sidecar_ready()
 * says. RC_MISSING with the sentence "Apple container needs Apple silicon" on an Intel Mac
 * (mac-behaviour 33). */
NODISCARD enum rc locate_program(const struct locate_where *where, enum engine_kind kind,
                                 struct program *out, struct fault *why);

/* Does `path`, followed as above, end at this program? Trusted or not: nothing is run. */
bool locate_leads_to(const struct locate_where *where, const char *path,
                     const struct program *prog);

/* The candidate paths in order, for `doctor`; returns how many, at most max. */
size_t locate_candidates(const struct locate_where *where, enum engine_kind kind,
                         char (*out)[SYS_PATH_MAX], size_t max);
/* Walks the absolute `path` as above, but trusts only what belongs to root and is writable by root
 * alone, group 0 included: for programs of the system, and for what is to run as root
 * (mac-behaviour 20). `out` then has no links left. RC_MISSING when it is not there. */
NODISCARD enum rc locate_root_path(const struct locate_where *where, const char *path,
                                   char out[SYS_PATH_MAX], struct fault *why);
/* The same for the program of a host row, which this system must have (a bug else). */
NODISCARD enum rc locate_host(const struct locate_where *where, enum host_op op,
                              struct host_program *out, struct fault *why);

#endif
