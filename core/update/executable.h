/* executable.h - for which system and processor is a program?
 *
 * Told from the first bytes of its file: ELF of 64 bits on Linux, Mach-O of 64 bits or a universal
 * file of several on macOS (updates.md 8.3; System V ABI 4.1, "ELF Header"). Pure. Threads: any. */
#ifndef CORE_UPDATE_EXECUTABLE_H
#define CORE_UPDATE_EXECUTABLE_H
#include "core/base/base.h"

#define EXECUTABLE_HEAD 168 /* so many bytes at its start are enough: eight slices */

/* True if the file that begins with head[len] runs on `target`, e.g. "linux-x86_64"; never for a
 * target that we do not build for. */
bool executable_is_for(const unsigned char *head, size_t len, const char *target);

#endif
