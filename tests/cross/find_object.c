/* What gcc's unwinder asks glibc, to find the library that an address is
 * in. musl has no such function; this one asks what both have. */
#define _GNU_SOURCE
#include <link.h>

struct found {
    unsigned long long flags;
    void *start, *end, *map, *unwinding;
    unsigned long long reserved[7];
};

struct search {
    ElfW(Addr) address;
    struct found *found;
};

static int look(struct dl_phdr_info *info, size_t size, void *data)
{
    struct search *search = data;
    struct found *found = search->found;
    int is_it = 0;
    (void)size;
    found->unwinding = 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        ElfW(Addr) start = info->dlpi_addr + part->p_vaddr;
        if (part->p_type == PT_GNU_EH_FRAME)
            found->unwinding = (void *)start;
        if (part->p_type == PT_LOAD &&
            search->address - start < part->p_memsz) {
            found->start = (void *)start;
            found->end = (void *)(start + part->p_memsz);
            is_it = 1;
        }
    }
    return is_it && found->unwinding;
}

int _dl_find_object(void *address, struct found *found)
{
    struct search search = {(ElfW(Addr))address, found};
    found->flags = 0;
    found->map = 0;
    return dl_iterate_phdr(look, &search) ? 0 : -1;
}
