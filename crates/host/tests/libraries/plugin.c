/*
 * A library with a descriptor, for any platform, and little else: what
 * the tests of the reader read. make.sh says how the libraries beside
 * this file were made from it. With NEEDS it needs helper.c.
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
    "rust plugin descriptor 2\n"
    "product=app\n"
    "api=command-api\n"
    "plugin=elsewhere\n"
    "version=0.1.0\n"
    "rustc=rustc 1.95.0 (59807616e 2026-04-14); "
    "commit-hash: 59807616e1fa2540724bfbac14d7976d7e4a3860; "
    "commit-date: 2026-04-14; release: 1.95.0; LLVM version: 22.1.2\n"
    "target=" TARGET "\n"
    "nutshell-version=0.1.0\n"
    "nutshell-source=0000000000000000\n"
    "api-version=0.1.0\n"
    "api-features=\n"
    "api-source=0000000000000000\n"
    "api-cfg=\n"
    "layout=0000000000000000\n"
    "panic=unwind\n"
    "unstable-flags=\n"
    "target-features=\n"
    "codegen-flags=\n"
    "opt-level=3\n"
    "debug-assertions=no\n";

#ifdef NEEDS
#ifdef _WIN32
/* What a compiler's library has, for what is needed only later. */
void *__delayLoadHelper2(void) { return 0; }
__declspec(dllimport)
#endif
extern int helper(void);
EXPORT int call(void) { return helper(); }
#endif
