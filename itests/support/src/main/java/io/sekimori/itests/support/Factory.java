package io.sekimori.itests.support;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Store;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Pack;
import io.sekimori.trust.Release;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Puts trust roots, slot and generation 1 on a unit's directory, as a maker's factory does. */
public final class Factory {

    private static final int FIRST = 1;

    private final Workshop workshop;

    public Factory(Workshop workshop) {
        this.workshop = workshop;
    }

    /**
     * Makes a whole unit with its generation 1.
     *
     * @param directory must not exist
     * @param device    digest of the device's public key
     */
    public void make(Path directory, String device, Parts parts, Map<String, Map<String, Object>> configurations)
            throws IOException {
        Unit unit = new Unit(directory);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), workshop.releaseAnchor());
        Files.write(unit.directorAnchor(), workshop.directorAnchor());
        Files.write(unit.nameplate(), new Nameplate(Workshop.MODEL, "0001").bytes());
        Path file = workshop.pack(directory.resolve("factory.pack"), device, parts, configurations);
        try (Pack pack = Pack.open(file)) {
            put(unit, pack, accepted(unit, pack, device));
        }
        Files.delete(file);
        new Pointer(unit).commit(new Confirmed(FIRST, Optional.empty(), Map.of()));
    }

    private Acceptance.Accepted accepted(Unit unit, Pack pack, String device) throws IOException {
        Files.createDirectories(unit.metadata());
        Acceptance answer = new UpdateVerifier(unit.metadata(), workshop.releaseAnchor(), workshop.directorAnchor())
                .verify(pack, new UnitFacts(device, Workshop.MODEL), Map.of(), Instant.now());
        if (answer instanceof Acceptance.Accepted accepted) {
            return accepted;
        }
        throw new IllegalStateException("the factory's own assignment is not accepted: " + answer);
    }

    private static void put(Unit unit, Pack pack, Acceptance.Accepted accepted) throws IOException {
        SlotFiles slotFiles = SlotFiles.of(accepted.assignment());
        Path slot = unit.slot(slotFiles.id());
        Files.createDirectories(slot.resolve("lib"));
        for (int i = 0; i < accepted.releases().size(); i++) {
            Release release = accepted.releases().get(i);
            Assigned item = accepted.assignment().items().get(i);
            try (InputStream in = pack.targets().open(release)) {
                if (release.kind() == Kind.SLOT) {
                    Files.copy(
                            in, slot.resolve("lib").resolve(Path.of(item.path()).getFileName()));
                } else if (unit.store().put(in, release.sha256(), release.length())
                        instanceof Store.Put.Refused refused) {
                    throw new IllegalStateException(release.path() + ": " + refused);
                }
            }
        }
        Files.write(slot.resolve("slot.json"), new Slot(System.getProperty("java.home"), slotFiles).bytes());
        Generation first = Generation.of(FIRST, Instant.now(), accepted.assignment(), accepted.releases());
        new Generations(unit).write(first, accepted.evidence());
    }
}
