package io.sekimori.benchmarks.maker;

import io.sekimori.cli.SlotArchive;
import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Store;
import io.sekimori.generation.Unit;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.file.KeyFiles;
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
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Makes a unit whose generation 1 is what a pack says, accepted by the code that accepts packs on a gateway. */
public final class UnitMaker {

    private static final String KEYS = "io.sekimori.keys.file";

    private final Unit unit;
    private final Maker maker;
    private final String device;

    private UnitMaker(Unit unit, Maker maker, String device) {
        this.unit = unit;
        this.maker = maker;
        this.device = device;
    }

    /** Begins with the folder and its device key. */
    public static UnitMaker in(Path folder, Maker maker) throws IOException {
        Unit unit = new Unit(folder);
        Files.createDirectories(unit.data(KEYS).getParent());
        try {
            return new UnitMaker(
                    unit,
                    maker,
                    new KeyFiles(unit.data(KEYS))
                            .create(Keys.DEVICE, KeyAlgorithm.EC_P256)
                            .id());
        } catch (KeyException e) {
            throw new IOException("no device key", e);
        }
    }

    /** Where it lies. */
    public Unit unit() {
        return unit;
    }

    /** The id of its device key. */
    public String device() {
        return device;
    }

    /**
     * Makes it.
     *
     * @param script the start script
     * @throws IOException also if the pack is refused
     */
    public void make(Path pack, Path script) throws IOException {
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), maker.releaseAnchor());
        Files.write(unit.directorAnchor(), maker.directorAnchor());
        Files.write(unit.nameplate(), new Nameplate(Maker.MODEL, "1").bytes());
        Files.createDirectories(unit.run());
        Files.createDirectories(unit.generations());
        Path start = unit.directory().resolve("bin").resolve("sekimori-gateway");
        Files.createDirectories(start.getParent());
        Files.copy(script, start, StandardCopyOption.COPY_ATTRIBUTES);
        fill(pack);
        new Pointer(unit).commit(new Confirmed(1, Optional.empty(), Map.of()));
        if (!new SlotArchive(unit).make(1)) {
            throw new IOException("the unit has no class archive");
        }
    }

    private void fill(Path file) throws IOException {
        Instant now = Instant.now();
        try (Pack pack = Pack.open(file)) {
            Acceptance answer = new UpdateVerifier(unit.metadata(), maker.releaseAnchor(), maker.directorAnchor())
                    .verify(pack, new UnitFacts(device, Maker.MODEL), Map.of(), now);
            if (!(answer instanceof Acceptance.Accepted accepted)) {
                throw new IOException("the pack is refused: " + answer);
            }
            SlotFiles files = SlotFiles.of(accepted.assignment());
            Path lib = Files.createDirectories(unit.slot(files.id()).resolve("lib"));
            for (int i = 0; i < accepted.releases().size(); i++) {
                put(
                        pack,
                        accepted.releases().get(i),
                        accepted.assignment().items().get(i),
                        lib);
            }
            Files.write(
                    unit.slot(files.id()).resolve("slot.json"),
                    new Slot(System.getProperty("java.home"), files).bytes());
            Generation first = Generation.of(1, now, accepted.assignment(), accepted.releases());
            new Generations(unit).write(first, accepted.evidence());
        }
    }

    private void put(Pack pack, Release release, Assigned item, Path lib) throws IOException {
        try (InputStream in = pack.targets().open(release)) {
            if (item.kind() == Kind.SLOT) {
                Files.copy(in, lib.resolve(Path.of(item.path()).getFileName()));
            } else if (unit.store().put(in, release.sha256(), release.length()) instanceof Store.Put.Refused refused) {
                throw new IOException("the store refuses: " + refused.refusal());
            }
        }
    }
}
