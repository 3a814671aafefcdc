# Sourced by checks/install: what a console and a gateway go through between the archive and being uninstalled.

version=$(product_version)
console=/var/lib/sekimori-console
unit=/var/lib/sekimori
offline=$console/offline

installer() {
    local product=$1
    shift
    inside "/srv/sekimori-$product-$version/install.sh" "$@"
}

refused() {
    local code=$1 answer
    shift
    answer=$("$@" 2>&1) && { echo "was not refused: $answer"; return 1; }
    printf '%s\n' "$answer"
    grep -q " $code: " <<<"$answer"
}

refusals() {
    local damaged=$system/srv/damaged
    refused USAGE installer gateway --nonsense && refused USAGE installer gateway --prefix relative &&
        refused USAGE installer gateway --prefix '/opt/a b' && refused USAGE installer gateway --purge &&
        refused NOT_ROOT inside setpriv --reuid 65534 --regid 65534 --clear-groups "/srv/sekimori-gateway-$version/install.sh" &&
        refused NO_ROOT_FOLDER installer gateway --root /nowhere || return
    cp -a "$system/srv/sekimori-gateway-$version" "$damaged" && rm "$damaged/lib/cli/picocli"*.jar &&
        cp "$root/LICENSE" "$damaged/lib/cli/picocli-4.7.7.jar" && refused DAMAGED inside /srv/damaged/install.sh || return
    rm -rf "$damaged"
    full_disk || return
    mkdir -p "$system/srv/open" && chmod 777 "$system/srv/open" && refused PREFIX_WRITABLE installer gateway --prefix /srv/open/sekimori &&
        [ ! -e "$system/opt/sekimori" ]
}

# A unit on a disk that has no room for one more launcher.
full_disk() {
    local full=$system$unit answer=1
    mkdir -p "$full" && mount -t tmpfs -o size=8m tmpfs "$full" || return
    mkdir "$full/trust" "$full/state" && touch "$full/trust/root.json" "$full/state/confirmed.json" &&
        refused NO_SPACE installer gateway && answer=0
    umount "$full" && rmdir "$full" && return $answer
}

nothing_on_dry_run() {
    local would
    would=$(installer gateway --dry-run) && grep '^would copy the program' <<<"$would" && [ ! -e "$system/opt/sekimori" ] &&
        ! grep -q '^sekimori:' "$system/etc/passwd"
}

into_an_image() {
    local image=$system/srv/image
    mkdir -p "$image/etc" && printf 'root:x:0:0::/root:/bin/sh\nsekimori:x:990:990::/nonexistent:/usr/sbin/nologin\n' >"$image/etc/passwd"
    installer gateway --root /srv/image && [ -x "$image/opt/sekimori/gateway/java/bin/java" ] &&
        [ "$(readlink "$image/etc/systemd/system/multi-user.target.wants/sekimori-gateway.service")" = /etc/systemd/system/sekimori-gateway.service ] &&
        ! grep -qE '@[A-Z]+@' "$image"/etc/systemd/system/sekimori-* && [ -f "$image/etc/udev/rules.d/90-sekimori-media.rules" ] &&
        installer gateway --root /srv/image --uninstall && [ ! -e "$image/opt/sekimori" ] &&
        [ -z "$(ls "$image/etc/udev/rules.d")" ] && [ ! -e "$image/etc/systemd/system/sekimori-media@.service" ]
}

make_console() {
    https=$(free_port) mqtt=$(free_port)
    inside sekimori console init --directory "$console" --https "127.0.0.1:$https" --mqtt "127.0.0.1:$mqtt" --json >"$scratch/console.json" &&
        installer console
}

fact() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$scratch/console.json"; }

run_console() {
    start broker sekimori-console /opt/sekimori/console/bin/sekimori-broker "$console/broker"
    broker=$started
    await 120 said broker 'ready at' || return
    start console sekimori-console SEKIMORI_HEAP=384m /opt/sekimori/console/share/distrib/bin/sekimori-gateway "$console/unit"
    console_process=$started
    await 180 said console 'READY generation' && runs_whole "$console/unit" console
}

# Everything of the newest start runs, and only root can change what is trusted.
runs_whole() {
    ! said "$2" 'bundles not started' && ! grep -q TRUST_ "$system$1/state/start.json"
}

only_root_changes_trust() {
    local user=$1 folder=$2
    for each in "$folder/trust/root.json" "$folder/slots" "/opt/sekimori/$3/java/bin/java" "/opt/sekimori/$3/share/distrib/bin/sekimori-gateway"; do
        inside setpriv --reuid "$user" --regid "$user" --clear-groups test ! -w "$each" || { echo "$user can write $each"; return 1; }
    done
    # The folder takes new files of its user, but what is root's in it cannot be moved away.
    ! inside setpriv --reuid "$user" --regid "$user" --clear-groups mv "$folder/trust" "$folder/trust-gone" &&
        { [ ! -d "$system$offline" ] || ! inside setpriv --reuid "$user" --regid "$user" --clear-groups ls "$offline" >/dev/null 2>&1; }
}

make_unit() {
    inside sekimori release add --repository $offline/releases --feature /opt/sekimori/console/share/features/gateway.json &&
        inside sekimori release sign --repository $offline/releases --keys $offline/keys &&
        inside /opt/sekimori/gateway/bin/sekimori factory --unit $unit --feature /opt/sekimori/gateway/share/features/gateway.json \
            --repository $offline/releases --director $offline/director --keys $offline/keys --model M-1 --serial 0001 &&
        grep -q '"java" : "/opt/sekimori/gateway/java"' "$system$unit/slots/"*/slot.json && installer gateway &&
        ls "$system$unit/slots/"*/launcher.jsa
}

# in_sandbox COMMAND...: in the system as root, with what sekimori-slot.service leaves it: paths, capabilities and no network
in_sandbox() {
    local service=$system/etc/systemd/system/sekimori-slot.service writable capabilities
    writable=$(sed -n 's/^ReadWritePaths=//p' "$service")
    capabilities=$(sed -n 's/^CapabilityBoundingSet=CAP_//p' "$service" | tr '[:upper:]' '[:lower:]')
    mkdir -p "$system/dev/shm"
    unshare --mount --net -- sh -c '
        root=$1 writable=$2 capabilities=$3
        shift 3
        mount --bind "$root$writable" "$root$writable" && mount -o remount,bind,ro "$root" &&
            mount -t tmpfs tmpfs "$root/tmp" && mount -t tmpfs tmpfs "$root/dev/shm" || exit 99
        exec chroot "$root" setpriv --no-new-privs --bounding-set="-all,+$capabilities" --inh-caps=-all \
            env -i PATH=/usr/bin:/bin "$@"' sandbox "$system" "$writable" "$capabilities" "$@"
}

# What the service runs: archives of classes are made, and a byte that the disk lost is brought back from the store.
helper_in_its_sandbox() {
    local script=/opt/sekimori/gateway/share/distrib/bin/sekimori-gateway slot jar sum
    slot=$system$unit/slots/$(cat "$system$unit/generations/1/slot")
    ! in_sandbox touch $unit/state/written 2>/dev/null && rm "$slot/launcher.jsa" && in_sandbox $script --archive $unit &&
        [ -s "$slot/launcher.jsa" ] || return
    jar=$(echo "$slot"/lib/org.apache.felix.framework-*.jar)
    sum=$(sha256sum <"$jar" | cut -c1-64)
    cp "$jar" "$system$unit/store/sha256/$sum" && printf x | dd of="$jar" bs=1 seek=1000 conv=notrunc status=none &&
        printf '{"format": 1, "id": "again", "generation": 1}' >"$system$unit/run/slot-request.json" &&
        in_sandbox $script --bring-slot $unit && [ "$(sha256sum <"$jar" | cut -c1-64)" = "$sum" ] &&
        in_sandbox $script --archive $unit && [ -s "$slot/launcher.jsa" ]
}

# page NAME FILTER: the lines of the page's sh blocks that match FILTER, as they are printed, one after the other
page() {
    awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' "$root/docs/$1.md" | grep -E "$2"
}

# The page as it is written, on the installed gateway; then all of it is taken away again.
maker_page() {
    mkdir -p "$system/root/maker" && page device-maker . >"$system/root/maker/lines" &&
        inside sh -c 'cd /root/maker && set -e && . ./lines' && run_gateway && stop_gateway && helper_in_its_sandbox &&
        page install uninstall >"$system/root/maker/last" && inside sh -e /root/maker/last && installer gateway --uninstall --purge &&
        installer gateway
}

unpack_as_written() {
    cp "$packages"/*.tar.gz "$packages/SHA256SUMS" "$system/srv/" &&
        page install '^(sha256sum|tar|sekimori-gateway)' >"$system/srv/lines" && inside sh -c 'cd /srv && set -e && . ./lines' &&
        rm "$system"/srv/*.tar.gz
}

run_gateway() {
    start gateway sekimori "$@" /opt/sekimori/gateway/share/distrib/bin/sekimori-gateway $unit
    gateway=$started
    await 120 said gateway 'READY generation' && runs_whole $unit gateway
}

stop_gateway() { stop "$gateway" && mv "$scratch/gateway.out" "$scratch/gateway.out.$SECONDS"; }

enrol() {
    # A first password opens nothing but its own change, so it is given with the next one.
    printf '%s\n%s\n%s\n' "$(fact password)" 'a-much-longer-password-17' 'a-much-longer-password-17' |
        inside sekimori login "https://127.0.0.1:$https" --fingerprint "$(fact fingerprint)" --password-stdin &&
        inside sekimori gateways add --serial 0001 --model M-1 --out /root/activation.json &&
        inside /opt/sekimori/gateway/bin/sekimori identity enrol /root/activation.json --unit $unit &&
        await 60 activated
}

activated() { [[ $(inside sekimori gateways list) =~ ' ACTIVATED' ]]; }

# The audit bundle in a newer version: same bytes, another number.
swap_bundle() {
    local jar=$system/srv/next.jar
    cp "$root"/bundles/kura/target/io.sekimori.kura-*.jar "$jar" && printf 'Bundle-Version: %s.1\n' "$version" >"$scratch/manifest" &&
        "$JAVA_HOME/bin/jar" --update --manifest "$scratch/manifest" --file "$jar" 2>/dev/null
    inside sekimori release add --repository $offline/releases --swap overlap /srv/next.jar &&
        inside sekimori release sign --repository $offline/releases --keys $offline/keys &&
        inside sekimori director assign --director $offline/director --repository $offline/releases --keys $offline/keys \
            --serial 0001 --set "io.sekimori.kura/$version.1" &&
        inside sekimori release pack --repository $offline/releases --director $offline/director --serial 0001 --unit $unit --out /srv/update.zip &&
        inside /opt/sekimori/gateway/bin/sekimori update apply /srv/update.zip --unit $unit && generation_is 2
}

generation_is() { grep -q "\"generation\" : $1" "$system$unit/state/confirmed.json"; }

# The same archive with another number, as a later release would be.
next_archive() {
    local folder=$system/srv/next
    rm -rf "$folder" && cp -a "$system/srv/sekimori-gateway-$version" "$folder" && echo "$version.9" >"$folder/version" &&
        (cd "$folder" && find . -type f ! -name SHA256SUMS -print0 | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
}

# Killed at each step, what the link names is always a whole version; run once more, it is the new one.
upgrade_in_spite_of_power_cuts() {
    local step line before heard
    before=$(cd "$system$unit" && sha256sum trust/* state/confirmed.json data/io.sekimori.keys.file/* | sha256sum)
    next_archive || return
    for step in 1 2 3 4 5 6 7; do
        coproc cut { exec setsid chroot "$system" /srv/next/install.sh 2>&1; }
        # Its own numbers: bash forgets those of the coprocess as soon as that one has ended.
        local group=$cut_PID lines=''
        exec {lines}<&"${cut[0]}"
        for ((line = 0; line < step; line++)); do read -r heard <&"$lines" || break; echo "$step: $heard"; done
        kill -KILL -- "-$group" 2>/dev/null
        exec {lines}<&-
        wait "$group" 2>/dev/null
        inside sh -c 'cd /opt/sekimori/gateway && sha256sum --quiet -c SHA256SUMS' || return
    done
    inside /srv/next/install.sh && [ "$(cat "$system/opt/sekimori/gateway/version")" = "$version.9" ] &&
        [ -z "$(find "$system/opt/sekimori" -maxdepth 1 -name '*.part')" ] &&
        [ "$before" = "$(cd "$system$unit" && sha256sum trust/* state/confirmed.json data/io.sekimori.keys.file/* | sha256sum)" ]
}

uninstall_gateway() {
    inside /opt/sekimori/gateway/install.sh --uninstall && ! ls "$system/opt/sekimori/"gateway* 2>/dev/null &&
        [ ! -e "$system/etc/systemd/system/sekimori-gateway.service" ] && generation_is 2 &&
        inside test -x /usr/local/bin/sekimori || return
    installer gateway && run_gateway && stop_gateway
}

purge() {
    stop "$console_process" && stop "$broker" && installer gateway --uninstall --purge && installer console --uninstall --purge &&
        [ ! -e "$system/opt/sekimori" ] && [ ! -e "$system$unit" ] && [ ! -e "$system$console" ] &&
        [ ! -h "$system/usr/local/bin/sekimori" ] && ! grep -q '^sekimori' "$system/etc/passwd" && installer gateway --uninstall
}

# A service manager of our own, in Python where it is: what it hears on its socket.
watchdog() {
    local socket=/srv/notify
    python3 - "$system$socket" >"$scratch/notify.out" <<'END' &
import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
while True:
    data, fds, flags, addr = socket.recv_fds(s, 4096, 8)
    for fd in fds:  # a barrier: who sent it waits until it is closed
        os.close(fd)
    for line in data.decode().split("\n"):
        print(line, flush=True)
END
    local listener=$!
    started_processes+=("$listener")
    await 20 test -S "$system$socket" && run_gateway NOTIFY_SOCKET=$socket WATCHDOG_USEC=2000000 &&
        await 60 grep -q WATCHDOG=1 "$scratch/notify.out" && stop_gateway && cat "$scratch/notify.out" &&
        await 20 grep -q STOPPING=1 "$scratch/notify.out" && [ "$(grep -m1 = "$scratch/notify.out")" = READY=1 ]
    local answer=$?
    kill "$listener"
    return $answer
}

times() { echo "start of $1: $(start_time "$1") ms"; }

beginning() {
    rule "what cannot be installed is refused, and nothing is changed" refusals
    rule "a dry run changes nothing" nothing_on_dry_run
    rule "an image of another machine is installed into, and left as it was" into_an_image
    rule "the gateway is installed by the lines of docs/install.md" unpack_as_written
    rule "installed again, it is the same" installer gateway
    rule "docs/device-maker.md works as it is written, and root's helper in its sandbox" maker_page
}

whole_life() {
    beginning
    rule "the console is installed" installer console
    rule "a console is made and belongs to who should have it" make_console
    rule "console and broker run as their user from what was installed, every bundle on the runtime that was linked" run_console
    times console
    rule "a unit is made with what was installed, and belongs to who should have it" make_unit
    rule "the gateway runs as its user, every bundle on the runtime that was linked" run_gateway
    times gateway
    rule "only root changes what the gateway trusts" only_root_changes_trust sekimori $unit gateway
    rule "only root changes what the console trusts, and only root sees what is offline" only_root_changes_trust sekimori-console $console/unit console
    rule "the gateway enrols and appears" enrol
    rule "a bundle is swapped" swap_bundle
    rule "the gateway stops" stop_gateway
    if command -v python3 >/dev/null && inside test -x /usr/bin/systemd-notify; then
        rule "systemd hears that the gateway is ready, is well, and stops" watchdog
    else
        echo "Not run: systemd hears of the gateway; python3 or systemd-notify is not here."
    fi
    rule "an upgrade that is cut off at any step leaves a whole version, and is finished by another" upgrade_in_spite_of_power_cuts
    rule "the upgraded gateway runs with its state" run_gateway
    times gateway
    rule "it stops" stop_gateway
    rule "uninstalled, its state is kept, and installed again it runs" uninstall_gateway
    rule "purged, nothing is left" purge
}
