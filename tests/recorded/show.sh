# For the scripts beside it: what a terminal shows of a command, without
# what differs from run to run. A script whose tool is missing says so and
# ends with 77.

# `show COMMAND [FILTER]`: the command, and what is left of its output.
show() {
    printf '$ %s\n' "$1"
    sh -c "$1" 2>&1 < /dev/null | tr -d '\r' | sh -c "${2-cat}" |
        LC_ALL=C sed -e "s|$PWD/||g" -e 's/0x0*[0-9a-f]\{6,\}/0x…/g' \
            -e 's|/rustc/[0-9a-f]*/|/rustc/…/|g'
}

# `need TOOL…`
need() {
    for tool; do
        command -v "$tool" > /dev/null || { echo "no $tool" >&2; exit 77; }
    done
}
