/* What Example 1's plugin does, in C. */

#include <stdint.h>

int64_t add(int64_t a, int64_t b) { return (int64_t)((uint64_t)a + (uint64_t)b); }
