# Sourced by checks/install: what root does with a stick, with loop devices in place of sticks. Expects $root and $scratch.

media() { sh "$root/distrib/install/sekimori-media" "$@"; }

# stick NAME: the image NAME as a device; its name in the kernel is in $stick
stick() {
    local device
    device=$(losetup --find --show "$scratch/sticks/$1") || return
    sticks+=("$device")
    stick=${device##*/}
}

# declined CODE COMMAND...: it refuses, and says why
declined() {
    local code=$1 said
    shift
    if said=$("$@" 2>&1); then return 1; fi
    grep -q "^sekimori-media: $code: " <<<"$said" || { echo "wanted $code, got: $said"; return 1; }
}

remove_sticks() {
    local each
    ! mountpoint -q "$scratch/elsewhere" || umount "$scratch/elsewhere"
    for each in "${sticks[@]}"; do
        media unmount "${each##*/}" "$scratch/media"
        losetup --detach "$each"
    done
}

make_sticks() {
    mkdir -p "$scratch/sticks/content" "$scratch/elsewhere"
    echo pack >"$scratch/sticks/content/update.zip"
    install -m 4755 /bin/true "$scratch/sticks/content/tool"
    mknod "$scratch/sticks/content/device" c 1 5
    truncate -s 8M "$scratch/sticks/"{good,other,empty}
    # One more that was pulled out of another machine while that wrote: its journal waits to be written back.
    mke2fs -q -t ext4 -d "$scratch/sticks/content" "$scratch/sticks/good" && mke2fs -q -t ext2 "$scratch/sticks/other" &&
        cp "$scratch/sticks/good" "$scratch/sticks/away" && stick away && mount "/dev/$stick" "$scratch/elsewhere" &&
        touch "$scratch/elsewhere/half" && sync -f "$scratch/elsewhere" && cp "/dev/$stick" "$scratch/sticks/torn" &&
        umount "$scratch/elsewhere"
}

# What a stick holds is read, and nothing else is done with it.
good_stick() {
    local at options each before
    before=$(sha256sum <"$scratch/sticks/$1")
    stick "$1" && media mount "$stick" "$scratch/media" || return
    at=$scratch/media/sekimori-$stick
    options=,$(findmnt --noheadings --output OPTIONS "$at"),
    for each in ro nosuid nodev noexec noatime; do
        [[ $options == *,$each,* ]] || { echo "$each is not among $options"; return 1; }
    done
    [ "$(cat "$at/update.zip")" = pack ] && ! touch "$at/new" 2>/dev/null && ! "$at/tool" 2>/dev/null &&
        ! head -c 1 "$at/device" >/dev/null 2>&1 &&
        declined MOUNTED media mount "$stick" "$scratch/media" && media unmount "$stick" "$scratch/media" && [ ! -e "$at" ] &&
        media unmount "$stick" "$scratch/media" && [ "$(sha256sum <"$scratch/sticks/$1")" = "$before" ]
}

refused_sticks() {
    declined NO_DEVICE media mount nosuch0 "$scratch/media" || return
    stick empty && declined NO_FILE_SYSTEM media mount "$stick" "$scratch/media" || return
    stick other && declined OTHER_FILE_SYSTEM media mount "$stick" "$scratch/media" || return
    stick good && mount -o ro "/dev/$stick" "$scratch/elsewhere" &&
        declined OWN_DISK media mount "$stick" "$scratch/media" && umount "$scratch/elsewhere" || return
    ln -s /tmp "$scratch/leads-elsewhere" && declined LINK media mount "$stick" "$scratch/leads-elsewhere" || return
    ln -s /tmp "$scratch/media/sekimori-$stick" && declined LINK media mount "$stick" "$scratch/media" &&
        rm "$scratch/media/sekimori-$stick" || return
    media mount ../etc "$scratch/media" 2>/dev/null
    [ $? -eq 2 ]
}

# With what is left of it taken away, whatever came of it.
sticks() {
    local sticks=() stick='' came
    make_sticks && good_stick good && good_stick torn && refused_sticks
    came=$?
    remove_sticks
    return "$came"
}
