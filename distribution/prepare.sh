# Sourced by ./run and ./test: finds JDKs, and installs from Debian's packages what is missing, or says what to install.

say() { echo "$program: $*" >&2; }

# 17 for a JDK's folder; nothing for what is no JDK
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
    if [ -f "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        "$1/bin/java" -version 2>&1 | sed -n 's/^[^"]*version "\([0-9]*\).*/\1/p' | head -n 1
    fi
}

# "version folder", one line for each JDK from 17 up, oldest first, each version once
jdks() {
    local folder version on_path
    on_path=$(command -v javac || true)
    for folder in ${JAVA_HOME:+"$JAVA_HOME"} /usr/lib/jvm/* ${on_path:+"$(dirname "$(dirname "$(readlink -f "$on_path")")")"}; do
        version=$(jdk_version "$folder")
        [ "${version:-0}" -ge 17 ] && echo "$version $(readlink -f "$folder")"
    done | sort -n -s -u -k 1,1
}

# install PACKAGE...: from Debian, when we may
install() {
    local elevate=
    if ! command -v apt-get >/dev/null; then
        say "missing on this machine: $*  (these are Debian's names of the packages)"
        exit 3
    fi
    if [ "$(id -u)" != 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            elevate="sudo -n"
        else
            say "something is missing on this machine and only root may install it. As root:"
            say "    apt-get update && apt-get install --no-install-recommends $*"
            say "then start again."
            exit 3
        fi
    fi
    say "installing from Debian's packages: $*"
    $elevate apt-get update -qq && $elevate env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 \
        || { say "apt-get could not install: $*"; exit 3; }
}

# The packages, of these "command package" pairs, whose command is not there
lacking() {
    local pair
    for pair in "$@"; do
        command -v "${pair%% *}" >/dev/null || echo "${pair#* }"
    done
}

# What a build needs and lacks: a JDK, Maven, and npm, from which the player's script comes
build_tools() {
    [ -n "$(jdks)" ] || echo openjdk-17-jdk-headless
    lacking "mvn maven" "npm npm"
}

# need PACKAGE...: installs them; nothing to do without any
need() {
    [ $# = 0 ] || install "$@"
}
