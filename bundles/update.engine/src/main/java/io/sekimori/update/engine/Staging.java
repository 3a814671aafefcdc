package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Store;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.update.Plan;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Brings the files of the next generation into the store, and the generation onto the disk. Thread-safe. */
final class Staging {

    // Journal, evidence, manifest, reports and logs of one transition, generously.
    private static final long RESERVE_BYTES = 24L << 20;

    private final Unit unit;
    private final Incoming incoming;
    private final Slots slots;

    Staging(Unit unit, Slots slots) {
        this.unit = unit;
        this.incoming = Incoming.of(unit);
        this.slots = slots;
    }

    /**
     * What accepted metadata order.
     *
     * @param number of the next generation
     */
    Generation generation(int number, Acceptance.Accepted accepted, Instant created) throws Stopped {
        Generation generation;
        try {
            generation = Generation.of(number, created, accepted.assignment(), accepted.releases());
        } catch (IllegalArgumentException e) {
            throw new Stopped(UpdateCode.PACK_UNREADABLE, "the assignment makes no generation", e);
        }
        slots.demandWay(generation);
        return generation;
    }

    /** What the disk needs and has. */
    Plan.Disk disk(List<Release> missing) throws Stopped {
        long toCopy = 0;
        try {
            for (Release release : missing) {
                toCopy += release.length() - incoming.have(release.sha256(), release.length());
                toCopy += SlotFiles.bytesToBring(release.kind(), release.length()); // which root's helper does
            }
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "incoming files cannot be read", e);
        }
        // Asked of the path itself: a file store is looked up among mount points, which a chroot does not show.
        long free = unit.directory().toFile().getUsableSpace();
        return new Plan.Disk(toCopy, toCopy + RESERVE_BYTES, free);
    }

    /** Refuses before the work, in bytes. */
    static void demand(Plan.Disk disk, Path where) throws Stopped {
        if (disk.freeBytes() < disk.neededBytes()) {
            throw new Stopped(
                    UpdateCode.DISK_FULL,
                    disk.neededBytes() + " bytes are needed and " + disk.freeBytes() + " are free in " + where + ", "
                            + (disk.neededBytes() - disk.freeBytes()) + " too few");
        }
    }

    /**
     * Brings what is missing into the store. What was brought for another assignment is forgotten first.
     *
     * @param steps hears of bytes
     */
    void store(List<Release> missing, Supply supply, DownloadLimits limits, Cancellation cancellation, Steps steps)
            throws Stopped {
        forgetOthers(missing);
        ByteSteps bytes = new ByteSteps(missing, steps);
        try (Download download = new Download(supply, incoming, limits, cancellation)) {
            for (Release release : missing) {
                bytes.begin(release);
                download.fetch(release, bytes);
                adopt(release, supply.local());
            }
        }
    }

    private void forgetOthers(List<Release> missing) throws Stopped {
        try {
            incoming.keep(missing.stream().map(Release::sha256).collect(Collectors.toSet()));
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "incoming files cannot be removed", e);
        }
    }

    // A download stays until its generation is confirmed: a try that fails later need not fetch it again.
    private void adopt(Release release, boolean forget) throws Stopped {
        try {
            Store.Put put = unit.store().adopt(incoming.path(release.sha256()), release.sha256(), release.length());
            if (put instanceof Store.Put.Refused refused) {
                throw new Stopped(new Reason(refused.refusal().code().name(), release.path()));
            }
            if (forget) {
                incoming.discard(release.sha256());
            }
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "the store cannot be written", e);
        }
    }

    /** Says what is being done; throws when the transition was cancelled. */
    interface Steps {
        void step(String what, long done, long total) throws Stopped;
    }

    /** Writes manifest and evidence, whole or not at all. */
    void write(Generation generation, Acceptance.Accepted accepted) throws Stopped {
        try {
            new Generations(unit).write(generation, accepted.evidence());
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "the generation cannot be written", e);
        }
    }

    /**
     * Releases whose file is not in the store as it was signed; one that is damaged has to be written again. Those of the
     * slot only if it is not there, or damaged and can be put right.
     */
    List<Release> missing(Generation to, Acceptance.Accepted accepted) throws Stopped {
        List<Release> missing = new ArrayList<>();
        boolean slotIsWanted = slots.wants(to.slot());
        try {
            Set<String> jars = slotIsWanted ? slots.jars(true) : Set.of();
            for (Release release : accepted.releases()) {
                boolean wanted = release.kind() == Kind.BUNDLE || slotIsWanted && !jars.contains(release.sha256());
                if (wanted && !(unit.store().check(release.sha256(), release.length()) instanceof Store.Check.Right)) {
                    missing.add(release);
                }
            }
            return missing;
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the store cannot be read", e);
        }
    }
}
