/* executable.c - three formats, two processors. */
#include "core/update/executable.h"
#include <string.h>

#define SLICES_MAX 8 /* more is no program: a Java class begins with the same bytes */
#define FAT_HEADER 8
#define FAT_SLICE 20
#define ELF_MACHINE 18 /* where e_machine is */

_Static_assert(EXECUTABLE_HEAD == FAT_HEADER + SLICES_MAX * FAT_SLICE, "room for all slices");

struct target {
    const char *name;
    bool elf;
    uint32_t processor; /* e_machine, or cputype */
};

static const struct target targets[] = {
    {"linux-x86_64", true, 62},            /* EM_X86_64 */
    {"linux-aarch64", true, 183},          /* EM_AARCH64 */
    {"darwin-x86_64", false, 0x01000007},  /* CPU_TYPE_X86_64 */
    {"darwin-aarch64", false, 0x0100000c}, /* CPU_TYPE_ARM64 */
};

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static uint32_t little_endian(const unsigned char *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* ELFCLASS64, ELFDATA2LSB. */
static bool is_elf(const unsigned char *head, size_t len, uint32_t processor)
{
    static const unsigned char magic[] = {0x7f, 'E', 'L', 'F', 2, 1};

    return len >= ELF_MACHINE + 2 && memcmp(head, magic, sizeof magic) == 0 &&
           (head[ELF_MACHINE] | (uint32_t)head[ELF_MACHINE + 1] << 8) == processor;
}

static bool is_thin(const unsigned char *head, size_t len, uint32_t processor)
{
    static const unsigned char magic[] = {0xcf, 0xfa, 0xed, 0xfe}; /* MH_MAGIC_64 */

    return len >= 8 && memcmp(head, magic, sizeof magic) == 0 &&
           little_endian(head + 4) == processor;
}

static bool is_universal(const unsigned char *head, size_t len, uint32_t processor)
{
    static const unsigned char magic[] = {0xca, 0xfe, 0xba, 0xbe}; /* FAT_MAGIC */
    uint32_t slices = 0;

    if (len < FAT_HEADER || memcmp(head, magic, sizeof magic) != 0)
        return false;
    slices = big_endian(head + 4);
    if (slices < 1 || slices > SLICES_MAX || len < FAT_HEADER + (size_t)slices * FAT_SLICE)
        return false;
    for (uint32_t i = 0; i < slices; i++) {
        if (big_endian(head + FAT_HEADER + (size_t)i * FAT_SLICE) == processor)
            return true;
    }
    return false;
}

bool executable_is_for(const unsigned char *head, size_t len, const char *target)
{
    for (size_t i = 0; i < countof(targets); i++) {
        const struct target *t = &targets[i];

        if (strcmp(t->name, target) == 0)
            return t->elf
                       ? is_elf(head, len, t->processor)
                       : is_thin(head, len, t->processor) || is_universal(head, len, t->processor);
    }
    return false;
}
