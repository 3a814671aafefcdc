#!/bin/sh
# Installs, upgrades and uninstalls Sekimori. Every step may be interrupted, by a power cut too: running it again goes on
# from whatever is there. docs/install.md, beside this script as install.md, says what lies where afterwards.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH LC_ALL=C
unset CLASSPATH JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
umask 022

usage() {
    cat <<END
usage: install.sh [--prefix DIR] [--root DIR] [--dry-run]
       install.sh --uninstall [--purge] [--prefix DIR] [--root DIR] [--dry-run]

Installs what lies beside this script, or upgrades to it; the state is kept. As root.
  --prefix DIR  the folder of the program (/opt/sekimori)
  --root DIR    the image of another machine, mounted here; nothing is started
  --dry-run     says what it would do
  --uninstall   removes the program; state and user stay
  --purge       removes them, too: keys, records, everything
Exit codes: 0 done, 1 refused and nothing was changed, 2 wrong usage, 4 failed: run it again.
END
}

say() { printf '%s\n' "$*"; }

refuse() {
    printf 'sekimori install: %s: %s\n' "$1" "$2" >&2
    exit "${3:-1}"
}

# step TEXT COMMAND...: says it, and does it unless this is a dry run
step() {
    if [ "$dry" = yes ]; then
        say "would $1"
        return 0
    fi
    say "$1"
    shift
    "$@" || refuse FAILED "$*; nothing is lost, run this again when the cause is removed" 4
}

options() {
    prefix=/opt/sekimori root='' dry=no action=install purge=no
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix | --root)
            [ $# -gt 1 ] || refuse USAGE "$1 needs a folder" 2
            if [ "$1" = --prefix ]; then prefix=$2; else root=$2; fi
            shift
            ;;
        --dry-run) dry=yes ;;
        --uninstall) action=uninstall ;;
        --purge) purge=yes ;;
        --help | -h) usage && exit 0 ;;
        *) refuse USAGE "$1 is not known; --help lists the options" 2 ;;
        esac
        shift
    done
    case $prefix in
    /*[!/]*) ;;
    *) refuse USAGE "--prefix is an absolute folder: $prefix" 2 ;;
    esac
    case $prefix in
    *[!A-Za-z0-9._/+-]* | */../* | */..) refuse USAGE "--prefix may have letters, digits and . _ / + -: $prefix" 2 ;;
    esac
    prefix=${prefix%/}
    [ $purge = no ] || [ $action = uninstall ] || refuse USAGE "--purge goes with --uninstall" 2
    if [ -n "$root" ]; then
        root=$(CDPATH='' cd -- "$root" 2>/dev/null && pwd -P) || refuse NO_ROOT_FOLDER "--root is not a folder"
        [ "$root" != / ] || root=''
    fi
}

facts() {
    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    product=$(cat "$here/product" 2>/dev/null) || product=''
    case $product in
    gateway) user=sekimori services='sekimori-slot.path sekimori-slot.service sekimori-gateway.service'
        state=/var/lib/sekimori unit=/var/lib/sekimori ;;
    console) user=sekimori-console services='sekimori-broker.service sekimori-console.service'
        state=/var/lib/sekimori-console unit=/var/lib/sekimori-console/unit ;;
    *) refuse DAMAGED "$here is not an unpacked Sekimori" ;;
    esac
    [ "$(id -u)" -eq 0 ] || [ $dry = yes ] || refuse NOT_ROOT "only root can install; sudo $0"
    base=$root$prefix
    current=$base/$product
    live=no
    [ -n "$root" ] || [ ! -d /run/systemd/system ] || live=yes
}

whole() { (cd "$1" && sha256sum --quiet --strict -c SHA256SUMS) >/dev/null 2>&1; }

uid_of() { sed -n "s/^$user:[^:]*:\([0-9]*\):\([0-9]*\):.*/\1:\2/p" "$root/etc/passwd" 2>/dev/null; }

# demand_room FOLDER KIB
demand_room() {
    free=$(df -Pk "$1" | awk 'NR == 2 { print $4 }')
    [ "$free" -ge "$2" ] ||
        refuse NO_SPACE "$1 has $((free * 1024)) bytes free and $(($2 * 1024)) are needed, $((($2 - free) * 1024)) too few"
}

check_install() {
    whole "$here" || refuse DAMAGED "files of $here are not those of its SHA256SUMS; unpack the archive again"
    version=$(cat "$here/version")
    id=$(sha256sum <"$here/SHA256SUMS" | cut -c1-12)
    final=$base/$product-$version-$id
    runs_here=yes
    "$here/java/bin/java" -version >/dev/null 2>&1 || runs_here=no
    [ $runs_here = yes ] || [ -n "$root" ] || refuse WRONG_MACHINE "the archive is for another kind of machine than $(uname -m)"
    folder=$base
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    [ "$(stat -c %u "$folder")" = 0 ] && [ -z "$(find "$folder" -maxdepth 0 -perm /022)" ] || [ "$dry" = yes ] ||
        refuse PREFIX_WRITABLE "$folder can be written by others than root, who could then replace the program"
    [ -d "$final" ] || demand_room "$folder" $(($(du -sk "$here" | cut -f1) + 65536))
    # The launcher of this archive goes beside the others.
    ! unit_is_there || demand_room "$root$unit" $(($(du -sk "$here/share/distrib/target/slot-lib" | cut -f1) + 32768))
    [ -d "$root/etc" ] || refuse NO_ROOT_FOLDER "$root has no etc: it is not the root of a system"
    [ ! -h "$root$unit" ] || refuse UNIT_ODD "$unit is a link"
}

# One at a time; the lock goes with the process.
lock() {
    [ $dry = no ] || return 0
    mkdir -p "$base" || refuse FAILED "$base cannot be made" 4
    exec 9>"$base/.lock" && flock -n 9 || refuse BUSY "another install.sh is at work"
}

copy_program() {
    part=$final.part
    rm -rf "$part" && cp -a "$here" "$part" && rm -f "$part/java/lib/server/classes.jsa" && chown -hR 0:0 "$part" || return
    whole "$part" || return
    # Without an archive of the runtime's own classes it only starts slower.
    [ $runs_here = no ] || "$part/java/bin/java" -Xshare:dump >/dev/null 2>&1 || say "No class archive could be made."
    sync -f "$part" 2>/dev/null || sync
    if [ -e "$final" ]; then rm -rf "$final.old" && mv -T "$final" "$final.old"; fi
    mv -T "$part" "$final" && rm -rf "$final.old"
}

add_user() {
    if [ -n "$root" ]; then set -- --root "$root"; else set --; fi
    useradd "$@" --system --user-group --no-create-home --home-dir "$state" --shell /usr/sbin/nologin "$user"
}

# The launcher, its Java runtime, the trust roots belong to root; what changes belongs to the user that runs it.
own_unit() {
    chown -h "0:${owner#*:}" "$root$unit" && chmod 1775 "$root$unit" || return
    for part in trust slots bin; do
        [ ! -h "$root$unit/$part" ] || refuse UNIT_ODD "$unit/$part is a link"
        [ ! -d "$root$unit/$part" ] || { chown -hR 0:0 "$root$unit/$part" && chmod -R u=rwX,go=rX "$root$unit/$part"; } || return
    done
    for part in state data run store generations; do
        [ ! -h "$root$unit/$part" ] || refuse UNIT_ODD "$unit/$part is a link"
        [ -d "$root$unit/$part" ] || mkdir -m 700 "$root$unit/$part" || return
        # Only once: what its user has made since may lead anywhere.
        [ "$(stat -c %u "$root$unit/$part")" = "${owner%:*}" ] || {
            chmod 700 "$root$unit/$part" && chown -hR "$owner" "$root$unit/$part"
        } || return
    done
    [ ! -f "$root$unit/activation.json" ] || [ -h "$root$unit/activation.json" ] ||
        { chown -h "$owner" "$root$unit/activation.json" && chmod 600 "$root$unit/activation.json"; }
}

own_console() {
    chown -h "0:${owner#*:}" "$root$state" && chmod 750 "$root$state" || return
    for part in broker log; do
        [ ! -h "$root$state/$part" ] || refuse UNIT_ODD "$state/$part is a link"
        [ -d "$root$state/$part" ] || mkdir -m 700 "$root$state/$part" || return
        [ "$(stat -c %u "$root$state/$part")" = "${owner%:*}" ] || chown -hR "$owner" "$root$state/$part" || return
    done
    [ ! -d "$root$state/offline" ] || { chown -hR 0:0 "$root$state/offline" && chmod 700 "$root$state/offline"; }
}

unit_is_there() { [ -f "$root$unit/trust/root.json" ] && [ -f "$root$unit/state/confirmed.json" ]; }

# confirmed: $slot becomes the folder of the slot that runs the confirmed generation, and $number the generation
confirmed() {
    # Files of the user's: one that is a pipe is not waited for.
    number=$(timeout 5 sed -n 's/^  "generation" *: *\([0-9]\{1,9\}\),*$/\1/p' "$root$unit/state/confirmed.json" 2>/dev/null)
    slot=$(timeout 5 head -c 64 "$root$unit/generations/$number/slot" 2>/dev/null | tr -cd 0-9a-f)
    [ ${#slot} -eq 64 ] && [ -d "$root$unit/slots/$slot/lib" ] && slot=$unit/slots/$slot
}

class_path() { printf '%s:' "$slot"/lib/*.jar | sed 's/:$//'; }

# The new Java runtime must be able to verify the unit before it is given to it.
verify_unit() {
    confirmed || refuse UNIT_ODD "the confirmed generation of $unit has no slot; see: sekimori status"
    answer=$(setpriv --reuid "${owner%:*}" --regid "${owner#*:}" --clear-groups "$final/java/bin/java" -XX:+UseSerialGC \
        -XX:TieredStopAtLevel=1 -cp "$(class_path)" io.sekimori.launcher.main.Main \
        verify --unit "$unit" --generation "$number" 2>&1) && return
    printf '%s\n' "$answer" | head -n 20 >&2
    refuse NOT_STARTABLE "with the new Java runtime generation $number of $unit would not start; the version before stays"
}

# The launcher of this archive, as a slot beside the others: an update that names it finds it, since none can bring one.
add_slot() {
    lib=$final/share/distrib/target/slot-lib
    slot_id=$(cd "$lib" && for jar in *.jar; do printf '%s %s\n' "$jar" "$(sha256sum <"$jar" | cut -c1-64)"; done | sha256sum | cut -c1-64)
    to=$root$unit/slots/$slot_id
    [ ! -f "$to/slot.json" ] || return 0
    rm -rf "$to.part" && mkdir -p "$to.part" && cp -r "$lib" "$to.part/lib" || return
    {
        printf '{\n  "format" : 1,\n  "java" : "%s",\n  "lib" : {\n' "$prefix/$product/java"
        (cd "$lib" && for jar in *.jar; do printf '    "%s" : "%s"\n' "$jar" "$(sha256sum <"$jar" | cut -c1-64)"; done) | sed '$!s/$/,/'
        printf '  }\n}\n'
    } >"$to.part/slot.json"
    chmod -R u=rwX,go=rX "$to.part" && sync -f "$to.part" && rm -rf "$to" && mv -T "$to.part" "$to"
}

# Without it the launcher only starts slower. The bundles of the unit are not run for it, since this is root.
archive_classes() { "$prefix/$product/share/distrib/bin/sekimori-gateway" --archive "$unit" || :; }

turn_over() {
    ln -sfnT "${final##*/}" "$current.part" && mv -T "$current.part" "$current" && sync -f "$base"
}

install_service() {
    file=$root/etc/systemd/system/$1
    new=yes
    [ ! -e "$file" ] || new=no
    mkdir -p "$root/etc/systemd/system/multi-user.target.wants" &&
        sed "s:@PREFIX@:$prefix:g; s:@STATE@:$state:g" "$final/systemd/$1" >"$file.part" && chmod 644 "$file.part" &&
        mv "$file.part" "$file" || return
    # Whoever disabled it later meant it; what another one starts is not enabled.
    [ $new = no ] || ! grep -q '^WantedBy=' "$file" ||
        ln -sfn "/etc/systemd/system/$1" "$root/etc/systemd/system/multi-user.target.wants/$1"
}

# Where this folder is the gateway asks for slots, and waits for the answer of the helper that was just installed.
add_helper() {
    # A launcher from before the helper would not answer. Its jar lists its commands, where grep finds them without unpacking it.
    confirmed && grep -qF META-INF/sekimori/commands/slot "$root$slot/lib/io.sekimori.launcher-"*.jar || return 0
    [ -d "$root$unit/slots/.helper" ] || mkdir -m 755 "$root$unit/slots/.helper"
}

# Sticks: the rule that hears of them, and the service that mounts them. Whoever linked the rule to /dev/null meant it.
install_media() {
    rule=$root/etc/udev/rules.d/90-sekimori-media.rules
    unit_file=$root/etc/systemd/system/sekimori-media@.service
    mkdir -p "$root/etc/udev/rules.d" "$root/etc/systemd/system" &&
        sed "s:@PREFIX@:$prefix:g" "$final/systemd/sekimori-media@.service" >"$unit_file.part" && chmod 644 "$unit_file.part" &&
        mv "$unit_file.part" "$unit_file" || return
    [ -h "$rule" ] || { cp "$final/udev/90-sekimori-media.rules" "$rule.part" && chmod 644 "$rule.part" && mv "$rule.part" "$rule"; } ||
        return
    reload_media
}

remove_media() {
    for each in etc/udev/rules.d/90-sekimori-media.rules etc/systemd/system/sekimori-media@.service; do
        rm -f "$root/$each" "$root/$each.part" || return
    done
    reload_media
}

reload_media() {
    [ $live = yes ] || return 0
    systemctl daemon-reload || return
    # A machine without udev has no sticks to hear of.
    ! command -v udevadm >/dev/null || udevadm control --reload
}

link_command() {
    mkdir -p "$root/usr/local/bin" || return
    [ -e "$root/usr/local/bin/sekimori" ] && [ ! -h "$root/usr/local/bin/sekimori" ] && return 0
    ln -sfn "$prefix/$product/bin/sekimori" "$root/usr/local/bin/sekimori"
}

# All but this one and the one before, to which the archive of before goes back.
drop_older() {
    for each in "$base/$product"-*; do
        case $each in
        "$final" | "$before" | *'*') ;;
        *) [ -h "$each" ] || rm -rf "$each" ;;
        esac
    done
}

restart_running() {
    systemctl daemon-reload || return
    for each in $services; do
        case $each in
        *.path) ! systemctl -q is-enabled "$each" || systemctl restart "$each" || return ;;
        *) systemctl try-restart "$each" || return ;;
        esac
    done
}

do_install() {
    check_install
    lock
    before=$base/$(readlink "$current" 2>/dev/null)
    owner=$(uid_of)
    [ -n "$owner" ] || step "add the user $user, who runs it" add_user
    owner=$(uid_of)
    [ -n "$owner" ] || [ $dry = yes ] || refuse FAILED "there is no user $user" 4
    if [ -d "$final" ] && { [ "$final" = "$here" ] || whole "$final"; }; then
        say "the program is there: $final"
    else
        step "copy the program to $final" copy_program
    fi
    if unit_is_there; then
        step "give the unit $unit to root and $user" own_unit
        [ $product = gateway ] || step "give the rest of $state to root and $user" own_console
        [ -n "$root" ] || step "verify the unit with the new Java runtime" verify_unit
        step "put the launcher of this version beside the others" add_slot
    fi
    [ "$(readlink "$current" 2>/dev/null)" = "${final##*/}" ] || step "make it the current one: $prefix/$product" turn_over
    for each in $services; do step "install $each" install_service "$each"; done
    [ $product = console ] || ! unit_is_there || step "let the gateway ask for its launcher" add_helper
    [ $product = console ] || step "have sticks mounted below /media" install_media
    step "link the command /usr/local/bin/sekimori" link_command
    [ -n "$root" ] || ! unit_is_there || step "archive the launcher's classes" archive_classes
    step "remove versions older than the last" drop_older
    [ $live = no ] || step "restart what runs" restart_running
    [ $dry = yes ] || say "installed: sekimori-$product $version"
    unit_is_there || say "next: there is no unit in $unit yet; $prefix/$product/install.md says how to make one, then run this again"
}

running_from_here() {
    for each in /proc/[0-9]*/exe; do
        case $(readlink "$each" 2>/dev/null) in
        "$base/$product"-*) return 0 ;;
        esac
    done
    return 1
}

stop_services() {
    for each in $services; do systemctl disable --now "$each" || :; done
    [ $product = console ] || systemctl stop 'sekimori-media@*.service' || :
}

remove_services() {
    for each in $services; do
        rm -f "$root/etc/systemd/system/multi-user.target.wants/$each" "$root/etc/systemd/system/$each" \
            "$root/etc/systemd/system/$each.part" || return
    done
    [ $live = no ] || systemctl daemon-reload
}

remove_command() {
    [ "$(readlink "$root/usr/local/bin/sekimori")" = "$prefix/$product/bin/sekimori" ] || return 0
    rm -f "$root/usr/local/bin/sekimori" || return
    for each in gateway console; do
        [ $each = $product ] || [ ! -x "$base/$each/bin/sekimori" ] ||
            ln -sfn "$prefix/$each/bin/sekimori" "$root/usr/local/bin/sekimori"
    done
}

remove_program() {
    rm -f "$current" "$current.part" && rm -rf "$base/$product"-* || return
    rm -f "$base/.lock"
    rmdir "$base" 2>/dev/null || :
}

remove_user() {
    if [ -n "$root" ]; then userdel --root "$root" "$user"; else userdel "$user"; fi
}

do_uninstall() {
    lock
    [ $live = no ] || step "stop $services" stop_services
    ! running_from_here || [ $dry = yes ] || refuse RUNNING "a $product still runs from $base; stop it first"
    [ $product = console ] || step "have sticks mounted no more" remove_media
    step "remove the services" remove_services
    step "remove the command" remove_command
    step "remove the program from $base" remove_program
    if [ $purge = yes ]; then
        step "remove $state with everything in it" rm -rf "$root$state"
        [ -z "$(uid_of)" ] || step "remove the user $user" remove_user
    else
        say "kept: $state and the user $user; --uninstall --purge removes them"
    fi
}

main() {
    options "$@"
    facts
    do_$action
    exit 0 # the shell reads no further in a file that may be gone
}

main "$@"
