package io.sekimori.update.engine.lab;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.PackWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** What the unit is assigned, each time as a pack. */
public final class Packs {

    private final Path work;
    private final String labId;
    private final Office office;
    private final List<Assigned> slot;
    private final Supplier<String> device;
    private Map<String, Map<String, Object>> configurations = Map.of();
    private int packs;

    /**
     * @param labId finds the lab from within its framework
     * @param slot of the launcher that is always assigned
     * @param device the hash of the unit's device key
     */
    Packs(Path work, String labId, Office office, List<Assigned> slot, Supplier<String> device) {
        this.work = work;
        this.labId = labId;
        this.office = office;
        this.slot = slot;
        this.device = device;
    }

    /** The configurations of the generations assigned from now on. */
    public void configurations(Map<String, Map<String, Object>> next) {
        configurations = next;
    }

    /** See {@link Lab#pack}. */
    Path pack(Item... items) throws Exception {
        List<Assigned> assigned = new ArrayList<>(slot);
        for (Item item : Parts.platform(work.resolve("platform"), labId)) {
            assigned.add(Assigned.of(office.release(item, Kind.BUNDLE), item.startLevel()));
        }
        for (Item item : items) {
            assigned.add(Assigned.of(office.release(item, Kind.BUNDLE), item.startLevel()));
        }
        Instant now = Instant.now();
        office.publish(now);
        office.assign(
                new AssignmentDraft(device.get(), Office.MODEL, assigned, configurations), Lifetimes.DEFAULT, now);
        packs++;
        return written(last());
    }

    /** The pack that was made last. */
    public Path last() {
        return work.resolve("pack-" + packs + ".zip");
    }

    /** The version that was assigned last. */
    public long assigned() throws Exception {
        return newest().version();
    }

    /** A pack that takes back what was assigned from {@code from} on. */
    public Path takingBack(long from) throws Exception {
        office.assign(AssignmentDraft.takingBack(device.get(), Office.MODEL, from), Lifetimes.DEFAULT, Instant.now());
        return written(work.resolve("pack-" + packs + "-back-" + assigned() + ".zip"));
    }

    /** As {@link Lab#pack}, of what was signed that long ago and was renewed by nobody since. */
    public Path aged(Duration age, Item... items) throws Exception {
        pack(items);
        Instant then = Instant.now().minus(age);
        Lifetimes brief = new Lifetimes(
                Lifetimes.DEFAULT.root(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Lifetimes.DEFAULT.targets(),
                Lifetimes.DEFAULT.assignment());
        office.renew(brief, then);
        Assignment newest = newest();
        office.assign(
                new AssignmentDraft(device.get(), Office.MODEL, newest.items(), newest.configurations()), brief, then);
        Path pack = written(work.resolve("pack-" + packs + "-aged.zip"));
        office.renew(Lifetimes.DEFAULT, Instant.now());
        return pack;
    }

    /** As {@link Lab#pack}, without the file of one bundle. */
    public Path without(String symbolicName, Item... items) throws Exception {
        Path whole = pack(items);
        String version = List.of(items).stream()
                .filter(item -> item.symbolicName().equals(symbolicName))
                .map(Item::version)
                .findFirst()
                .orElseThrow();
        String missing = office.digest(symbolicName, version);
        Path pack = work.resolve("pack-without.zip");
        try (ZipFile from = new ZipFile(whole.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(pack))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.getName().endsWith(missing)) {
                    // With its method: a file of a pack is stored, never compressed.
                    to.putNextEntry(new ZipEntry(entry));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        return pack;
    }

    private Assignment newest() throws Exception {
        return office.director().current(device.get()).orElseThrow();
    }

    private Path written(Path pack) throws Exception {
        try (PackWriter writer = new PackWriter(Files.newOutputStream(pack))) {
            writer.assignment(office.releases(), office.director(), device.get());
        }
        return pack;
    }
}
