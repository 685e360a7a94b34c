#!/bin/sh
# Prints the path of a Chrome, Chromium or Edge: CHROME_PATH, else one that is
# installed, else on Debian and Ubuntu one that this script installs.

find_browser() {
    # Chrome first: Ubuntu lets its sandbox start, but not any Chromium's.
    for name in google-chrome google-chrome-stable chromium \
        chromium-browser microsoft-edge; do
        command -v "$name" && return
    done
    for app in 'Google Chrome' Chromium 'Microsoft Edge'; do
        for folder in /Applications "$HOME/Applications"; do
            path="$folder/$app.app/Contents/MacOS/$app"
            [ -x "$path" ] && echo "$path" && return
        done
    done
    for path in '/c/Program Files/Google/Chrome/Application/chrome.exe' \
        '/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'; do
        [ -x "$path" ] && cygpath -m "$path" && return
    done
    return 1
}

install_browser() {
    [ -e /etc/debian_version ] || return 1
    if [ "$(id -u)" = 0 ]; then sudo=; else
        sudo -n true 2>/dev/null || return 1
        sudo='sudo -n'
    fi
    echo 'no browser found: installing Chromium with apt-get' >&2
    export DEBIAN_FRONTEND=noninteractive
    apt_get="$sudo apt-get -q -o DPkg::Lock::Timeout=300"
    {
        $apt_get update &&
            # Debian's name for it, then Ubuntu's.
            { $apt_get install -y chromium fonts-dejavu-core ||
                $apt_get install -y chromium-browser fonts-dejavu-core; }
    } >&2 </dev/null
}

if [ -n "$CHROME_PATH" ]; then
    [ -x "$CHROME_PATH" ] && echo "$CHROME_PATH" && exit
    echo "CHROME_PATH: $CHROME_PATH cannot be run; correct or unset it" >&2
    exit 1
fi
find_browser && exit
install_browser && find_browser && exit
echo 'no browser found: install Chrome, Chromium or Edge, or set CHROME_PATH' >&2
exit 1
