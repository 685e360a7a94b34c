/* What the libraries in this folder need. It is not kept. */
#ifdef _WIN32
#define EXPORT __declspec(dllexport)
int DllMainCRTStartup(void) { return 1; }
#else
#define EXPORT __attribute__((visibility("default")))
#endif

EXPORT int helper(void) { return 0; }
