# Sourced by ./sekimori and ./test: finds the JDK and the tools this repository needs, or installs them from Debian.
# Expects $root, the folder of the repository.

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# Where the locale has another character set, Java cannot open a file whose name is not ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
*[Uu][Tt][Ff]*8) ;;
*) export LC_ALL=C.UTF-8 ;;
esac

# Prints the feature release of the JDK in folder $1, e.g. 17, or nothing if there is no JDK.
jdk_release() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Prints the folders of the JDKs on this machine, each once.
jdks() {
    local folder seen=' '
    for folder in /usr/lib/jvm/*/; do
        folder=$(readlink -f "$folder")
        [ -n "$(jdk_release "$folder")" ] || continue
        case $seen in *" $folder "*) continue ;; esac
        seen="$seen$folder "
        printf '%s\n' "$folder"
    done
    if command -v javac >/dev/null; then
        folder=$(readlink -f "$(command -v javac)")
        folder=${folder%/bin/javac}
        case $seen in *" $folder "*) ;; *) [ -z "$(jdk_release "$folder")" ] || printf '%s\n' "$folder" ;; esac
    fi
}

# Prints the folder of the JDK that builds: JAVA_HOME if it is 17 or later, else the oldest such JDK found.
building_jdk() {
    local folder release best=
    if [ -n "${JAVA_HOME:-}" ]; then
        release=$(jdk_release "$JAVA_HOME")
        if [ "${release:-0}" -ge 17 ]; then
            printf '%s\n' "$JAVA_HOME"
            return
        fi
    fi
    for folder in $(jdks); do
        release=$(jdk_release "$folder")
        if [ "$release" -ge 17 ] && { [ -z "$best" ] || [ "$release" -lt "$(jdk_release "$best")" ]; }; then
            best=$folder
        fi
    done
    printf '%s' "$best"
}

# Prints the folder of the newest JDK of release 25 or later other than $1, or nothing.
newest_jdk() {
    local folder best= most=24
    for folder in $(jdks); do
        if [ "$folder" != "$(readlink -f "$1")" ] && [ "$(jdk_release "$folder")" -gt "$most" ]; then
            best=$folder most=$(jdk_release "$folder")
        fi
    done
    printf '%s' "$best"
}

# Prints the first package of "$@" that Debian offers, else the first.
offered_package() {
    local package
    for package in "$@"; do
        if apt-cache show "$package" >/dev/null 2>&1; then
            printf '%s' "$package"
            return
        fi
    done
    printf '%s' "$1"
}

# Whether there is the command $1: a name, a path, or a pattern of paths, of which one that can be run is enough.
is_here() {
    local file
    command -v "$1" >/dev/null && return
    for file in $1; do # a pattern, hence no quotes
        [ -x "$file" ] && [ "$file" != "${file#/}" ] && return
    done
    return 1
}

# Prints the lines of the package list whose command is missing here; "$@" are the commands wanted.
missing_lines() {
    local command rest
    while read -r command rest; do
        case $command in '' | \#*) continue ;; esac
        case " $* " in *" $command "*) ;; *) continue ;; esac
        if [ "$command" = javac ]; then
            [ -n "$(building_jdk)" ] || printf '%s %s\n' "$command" "$rest"
        else
            is_here "$command" || printf '%s %s\n' "$command" "$rest"
        fi
    done <"$root/distrib/debian-packages.txt"
}

# Makes the commands "$@" available, installing their packages as root, else fails with the line that would.
# Then exports JAVA_HOME.
need() {
    local missing packages='' command rest
    missing=$(missing_lines "$@")
    if [ -n "$missing" ]; then
        command -v apt-get >/dev/null || fail "Missing here: $(printf '%s' "$missing" | cut -d' ' -f1 | tr '\n' ' ')- a JDK of 17 or later and Maven 3.8 or later are needed."
        if [ "$(id -u)" -eq 0 ]; then
            say "Reading Debian's package lists..."
            apt-get -qq update </dev/null >&2 || say "The package lists could not be read; going on with those that are here."
        fi
        while read -r command rest; do
            # shellcheck disable=SC2086 # a list of alternatives
            packages="$packages $(offered_package $rest)"
        done <<<"$missing"
        packages=${packages# }
        if [ "$(id -u)" -ne 0 ]; then
            fail "Missing here: $packages. Install with:
  sudo apt-get install -y --no-install-recommends $packages"
        fi
        say "Installing from Debian: $packages"
        # shellcheck disable=SC2086 # a list of packages
        DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $packages </dev/null >&2 ||
            fail "Installing failed. The line was: apt-get install -y --no-install-recommends $packages"
    fi
    JAVA_HOME=$(building_jdk)
    [ -n "$JAVA_HOME" ] || fail "No JDK of release 17 or later was found."
    export JAVA_HOME
}

# Runs Maven on the repository without questions, colours and download noise. File modes end up in jars, hence the mask.
maven() {
    (umask 022 && MAVEN_OPTS="${MAVEN_OPTS:--XX:+UseSerialGC -XX:TieredStopAtLevel=1}" \
        mvn -B -ntp -Dstyle.color=never -f "$root/pom.xml" "$@" </dev/null)
}
