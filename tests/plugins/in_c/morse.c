/*
 * Morse code in plain C99. It knows nothing of Rust or of plugins, keeps
 * nothing and allocates nothing.
 */
// ANCHOR: morse
#include <stddef.h>

static const char *const LETTERS[] = {
    ".-", "-...", "-.-.", "-..", ".", "..-.", "--.", "....", "..",
    ".---", "-.-", ".-..", "--", "-.", "---", ".--.", "--.-", ".-.",
    "...", "-", "..-", "...-", ".--", "-..-", "-.--", "--..",
};

static const char *const DIGITS[] = {
    "-----", ".----", "..---", "...--", "....-",
    ".....", "-....", "--...", "---..", "----.",
};

static const char *code_of(char c)
{
    if (c >= 'a' && c <= 'z') return LETTERS[c - 'a'];
    if (c >= 'A' && c <= 'Z') return LETTERS[c - 'A'];
    if (c >= '0' && c <= '9') return DIGITS[c - '0'];
    return c == ' ' ? "/" : "?";
}

/* Whether the character has begun before this byte, in UTF-8. */
static int is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Writes as much as fits into `out`, and returns how long it all is. */
size_t morse(const char *text, size_t length, char *out, size_t room)
{
    size_t written = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_inside(text[i])) continue;
        for (const char *c = code_of(text[i]); *c != '\0'; c++) {
            if (written < room) out[written] = *c;
            written++;
        }
        if (written < room) out[written] = ' ';
        written++;
    }
    return written;
}
// ANCHOR_END: morse
