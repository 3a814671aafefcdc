# Sourced by checks/install: a system to install into. Expects $scratch and $log.

system=''
started_processes=()

# begin_system LOWER: an overlay of the folder LOWER, at $system; what is changed stays in $scratch
begin_system() {
    local each
    [ "$(id -u)" -eq 0 ] || return
    mkdir -p "$scratch/upper" "$scratch/work" "$scratch/system"
    mount -t overlay overlay -o "lowerdir=$1,upperdir=$scratch/upper,workdir=$scratch/work" "$scratch/system" || return
    system=$scratch/system
    mkdir -p "$system/proc" "$system/dev" "$system/srv"
    mount -t proc proc "$system/proc" || return
    # Its own nodes, not a mount of this machine's.
    for each in null:3 zero:5 random:8 urandom:9; do
        rm -f "$system/dev/${each%:*}" && mknod -m 666 "$system/dev/${each%:*}" c 1 "${each#*:}" || return
    done
    # What lies on this machine already is not there.
    rm -rf "$system/opt/sekimori" "$system/var/lib/sekimori" "$system/var/lib/sekimori-console" "$system/run/systemd"
    cp -a "$scratch"/sekimori-*-[0-9]* "$system/srv/" && as_user 65534 true
}

end_system() {
    local each
    for each in "${started_processes[@]}"; do kill -KILL -- "-$each" 2>/dev/null; done
    [ -n "$system" ] || return
    for each in /proc ''; do
        ! mountpoint -q "$system$each" || umount "$system$each" || umount -l "$system$each"
    done
}

# inside COMMAND...: in the system, as root, with an empty environment
inside() { chroot "$system" /usr/bin/env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LC_ALL=C.UTF-8 "$@"; }

# as_user USER COMMAND...: in the system, as that user and without any privilege
as_user() {
    local user=$1
    shift
    chroot "$system" /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all \
        --inh-caps=-all /usr/bin/env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
}

# start NAME USER COMMAND...: runs it in the system as that user, in a process group of its own, whose number is in $started
start() {
    local name=$1 user=$2
    shift 2
    setsid chroot "$system" /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all \
        --inh-caps=-all /usr/bin/env -i PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@" >>"$scratch/$name.out" 2>&1 &
    started=$!
    started_processes+=("$started")
}

# await SECONDS COMMAND...: until it holds
await() {
    local until=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$until" ] || return 1
        sleep 0.2
    done
}

# stop GROUP: as a service manager does, and waits for the end
stop() {
    kill -TERM "$1" 2>/dev/null
    await 60 gone "$1" || return
}

gone() { ! kill -0 "$1" 2>/dev/null; }

free_port() {
    local port
    for port in $(shuf -i 20000-32000 -n 50); do
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

said() { grep -q "$2" "$scratch/$1.out" 2>/dev/null; }

# Prints the milliseconds of the newest start of process NAME.
start_time() { sed -n 's/.*READY generation [0-9]* in \([0-9]*\) ms.*/\1/p' "$scratch/$1.out" | tail -n 1; }
