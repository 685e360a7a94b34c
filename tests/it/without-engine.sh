#!/bin/sh
# Executes a Dockerfile without an engine, and then its ENTRYPOINT:
#   sh without-engine.sh FILE CONTEXT TOP [FOLDER:PATH [WORD...]]
# The folder TOP/NAME stands for the root of the stage NAME, TOP/last for
# that of the stage without a name. A copy of that one, TOP/container, is
# what the ENTRYPOINT runs in, with FOLDER's files at PATH, as if it were
# mounted there. Build arguments are variables of the environment. A FROM
# that names the last stage's folder of another file goes on from there;
# any other starts with nothing, for the tools are those of this machine.
# Folders called target keep their files from one time to the next.
# What has no quotes around it is meant to become several words.
# shellcheck disable=SC2086
set -euf
file=$1 context=$2 top=$3
shift 3

from() { # IMAGE [AS NAME]
    base=$(eval "echo \"$1\"")
    root=$top/${3:-last}
    workdir=/
    mkdir -p "$root"
    (cd "$root" && find . -mindepth 1 ! -path '*/target*' \
        \( ! -type d -o -empty \) -delete)
    [ -f "$base/.image" ] || return 0
    cp -a "$base/." "$root"
    rm "$root/.image"
    execute <"$base/.image"
}

inside() { # WORD: that of a path is one in the folder of the stage
    case $1 in
    /*) echo "$root$1" ;;
    *) echo "$1" ;;
    esac
}

argument() { # NAME[=DEFAULT]
    name=${1%%=*}
    [ "$name" = "$1" ] || eval "export $name=\${$name:-${1#*=}}"
}

environment() { # NAME=VALUE...
    for pair; do
        export "${pair%%=*}=$(inside "${pair#*=}")"
    done
}

copy() { # [--from=STAGE] [--chown=USER] SOURCE... TARGET
    source=$context
    while [ "${1#--}" != "$1" ]; do
        case $1 in
        --from=*) source=$top/${1#--from=} ;;
        --chown=*) ;;
        *) echo "COPY $1: not known here" >&2 && return 1 ;;
        esac
        shift
    done
    for to; do :; done
    case $to in
    /*) to=$root$to ;;
    *) to=$root$workdir/$to ;;
    esac
    cd "$source"
    while [ $# -gt 1 ]; do
        set +f
        for path in ./$1; do
            if [ -d "$path" ]; then
                mkdir -p "$to"
                cp -a "$path/." "$to"
            else
                mkdir -p "${to%/*}"
                cp -a "$path" "$to"
            fi
        done
        shift
    done
}

run() { # COMMAND, maybe after a mount
    mount="--mount=target=$workdir "
    folder=$root$workdir command=${1#"$mount"}
    # The context is there instead of the folder, for this command.
    [ "$command" = "$1" ] || folder=$context
    case $command in
    --*) echo "RUN $command: not known here" >&2 && return 1 ;;
    esac
    cd "$folder" && sh -ec "$command" </dev/null
}

execute() {
    # Without -r, a line that ends with a backslash goes on in the next.
    # shellcheck disable=SC2162
    while read instruction rest; do
        case $instruction in
        '' | '#'* | USER) continue ;;
        FROM) from $rest ;;
        ARG) argument $rest ;;
        COPY) (copy $rest) ;;
        RUN) (run "$rest") ;;
        ENV) environment $rest ;;
        WORKDIR) workdir=$rest && mkdir -p "$root$workdir" ;;
        ENTRYPOINT) entrypoint=$(echo "$rest" | tr -d '[],') ;;
        *) echo "$file: $instruction: not known here" >&2 && exit 1 ;;
        esac
        case $instruction in
        # What an image says beside its files.
        ENV | WORKDIR | ENTRYPOINT)
            echo "$instruction $rest" >>"$root/.image"
            ;;
        esac
    done
}
execute <"$file"

[ $# -gt 0 ] || exit 0
from "$root" AS container
mounted=$root${1#*:}
mkdir -p "$mounted"
cp -a "${1%%:*}/." "$mounted"
shift
eval "set -- $entrypoint \"\$@\""
for word; do
    shift
    set -- "$@" "$(inside "$word")"
done
export PATH="$root/usr/local/bin:$PATH"
cd "$root$workdir"
exec "$@"
