// ANCHOR: whistle
/* The C library that the plugin `kettle` brings along. */
const char *whistle(void) { return "the kettle whistles"; }
// ANCHOR_END: whistle
