/*
 * The floor: dlopen, dlsym and a call, as a program in C does them.
 *
 *   host first-call LIBRARY         opens it, looks add up, calls it
 *   host folder FOLDER SYMBOL       opens all files, looks SYMBOL up in each
 *   host call LIBRARY TIMES         calls add that often
 *
 * Prints nanoseconds, then waits for the end of its input, so that its
 * memory can be looked at.
 */

#define _DEFAULT_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef int64_t (*add_function)(int64_t, int64_t);

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void *open_and_look_up(const char *path, const char *symbol) {
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    void *address = library ? dlsym(library, symbol) : NULL;
    if (!address) {
        fprintf(stderr, "%s\n", dlerror());
        exit(1);
    }
    return address;
}

static int is_file(const struct dirent *entry) { return entry->d_name[0] != '.'; }

static void open_all(const char *folder, const char *symbol) {
    struct dirent **entries;
    int count = scandir(folder, &entries, is_file, alphasort);
    if (count <= 0) {
        fprintf(stderr, "%s: no libraries\n", folder);
        exit(1);
    }
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        open_and_look_up(path, symbol);
    }
}

int main(int count, char **words) {
    if (count < 3) {
        return 2;
    }
    int64_t start = nanoseconds();
    if (strcmp(words[1], "first-call") == 0) {
        add_function add = (add_function)open_and_look_up(words[2], "add");
        if (add(2, 40) != 42) {
            return 1;
        }
    } else if (strcmp(words[1], "folder") == 0 && count == 4) {
        open_all(words[2], words[3]);
    } else if (strcmp(words[1], "call") == 0 && count == 4) {
        add_function add = (add_function)open_and_look_up(words[2], "add");
        int64_t times = atoll(words[3]), sum = 0;
        start = nanoseconds();
        for (int64_t i = 0; i < times; i++) {
            sum = add(sum, i);
        }
        if (sum != times * (times - 1) / 2) {
            return 1;
        }
    } else {
        return 2;
    }
    printf("%lld\n", (long long)(nanoseconds() - start));
    fflush(stdout);
    while (getchar() != EOF) {
    }
    return 0;
}
