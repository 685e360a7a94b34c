// ANCHOR: cups
/* Each thread has its own cups, at a place that the whole process
   agrees on when it starts: the model initial-exec. */
__thread char cups[4096];

long add(long a, long b) {
    cups[a] = 1;
    return a + b;
}
// ANCHOR_END: cups
