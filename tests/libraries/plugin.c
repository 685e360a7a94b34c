/*
 * A library with a descriptor, for any platform, and nothing else: what
 * the tests of the descriptor's reader read. The libraries beside this
 * file were made from it by Zig 0.17.1 as a C compiler, with
 *
 *   zig cc -shared -nostdlib -s -O1 plugin.c -target TARGET \
 *       -DTARGET='"TRIPLE"' -o FILE
 *
 *   TARGET                 TRIPLE                         FILE
 *   aarch64-linux-gnu      aarch64-unknown-linux-gnu      aarch64-linux
 *   arm-linux-gnueabihf    arm-unknown-linux-gnueabihf    arm-linux
 *   s390x-linux-gnu        s390x-unknown-linux-gnu        s390x-linux
 *   x86_64-windows-gnu     x86_64-pc-windows-gnu          x86_64-windows
 *   x86_64-macos           x86_64-apple-darwin            x86_64-macos
 */
#ifdef __APPLE__
#define SECTION "__DATA,__plugin"
#else
#define SECTION ".plugin"
#endif
#ifdef _WIN32
#define EXPORT __declspec(dllexport)
int DllMainCRTStartup(void) { return 1; }
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT __attribute__((section(SECTION), used))
const char PLUGIN_DESCRIPTOR[1024] =
    "rust plugin descriptor 1\n"
    "plugin=elsewhere\n"
    "version=0.1.0\n"
    "rustc=rustc 1.95.0 (59807616e 2026-04-14); binary: rustc; "
    "commit-hash: 59807616e1fa2540724bfbac14d7976d7e4a3860; "
    "commit-date: 2026-04-14; host: x86_64-unknown-linux-gnu; "
    "release: 1.95.0; LLVM version: 22.1.2\n"
    "target=" TARGET "\n"
    "api-version=0.1.0\n"
    "api-features=\n"
    "api-source=0000000000000000\n"
    "layout-flags=\n"
    "panic=unwind\n"
    "opt-level=3\n"
    "debug-assertions=no\n";
