package io.sekimori.simulator;

import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MetadataSource;
import io.sekimori.trust.Release;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UnitReport;
import io.sekimori.trust.UnitReport.Item;
import io.sekimori.trust.UnitReport.Last;
import io.sekimori.trust.UnitReport.Running;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What one simulated gateway runs and says of itself. It judges assignments with the verifier of real gateways, and keeps
 * its last report, so that a later simulation goes on from there. Thread-safe.
 */
final class Unit {

    private static final String REPORT = "report.json";

    private final Identity identity;
    private final String model;
    private final String serial;
    private final Path folder;
    private final UpdateVerifier verifier;
    private final Map<String, Long> floors = new HashMap<>();
    private Running running;
    private Optional<Last> last = Optional.empty();
    private long sequence;

    Unit(Identity identity, String model, String serial, Path folder, Path trust, FirstBundles first)
            throws IOException {
        this.identity = identity;
        this.model = model;
        this.serial = serial;
        this.folder = folder;
        this.verifier = new UpdateVerifier(
                folder.resolve("metadata"),
                Files.readAllBytes(trust.resolve("root.json")),
                Files.readAllBytes(trust.resolve("director.json")));
        this.running = new Running(1, 1, 0, first.bundles(), first.slot(), Map.of());
        if (Files.exists(folder.resolve(REPORT))) {
            resume();
        }
    }

    private void resume() throws IOException {
        try {
            UnitReport kept = SignedReport.unverified(Files.readAllBytes(folder.resolve(REPORT)));
            running = kept.running();
            last = kept.last();
            sequence = kept.sequence();
        } catch (TrustException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    String model() {
        return model;
    }

    String serial() {
        return serial;
    }

    /** Judges an assignment as a real gateway does. */
    Acceptance judge(MetadataSource releases, MetadataSource director) {
        Map<String, Long> now;
        synchronized (this) {
            now = Map.copyOf(floors);
        }
        return verifier.verify(releases, director, new UnitFacts(identity.device(), model), now, Instant.now());
    }

    /** The version of the assignment that was accepted last; 0 if none was. */
    long assignment() throws IOException {
        return verifier.trusted().assignment();
    }

    /** Those of the accepted releases that it has no file of. */
    synchronized List<Release> missing(Acceptance.Accepted accepted) {
        return accepted.releases().stream()
                .filter(release -> running.bundles().stream()
                                .noneMatch(item -> item.sha256().equals(release.sha256()))
                        && running.slot().stream()
                                .noneMatch(item -> item.sha256().equals(release.sha256())))
                .toList();
    }

    /** Runs what was assigned from now on. */
    synchronized void confirm(Acceptance.Accepted accepted, Instant began) {
        int from = running.generation();
        running = new Running(
                from + 1,
                from + 1,
                accepted.assignment().version(),
                items(accepted, Kind.BUNDLE),
                startedWith(accepted),
                accepted.assignment().configurations());
        accepted.releases().forEach(release -> floors.merge(release.symbolicName(), release.floor(), Math::max));
        last = Optional.of(ended(accepted.assignment().version(), from, from + 1, "CONFIRMED", "", began));
    }

    /** Runs on what it ran, and says that the update was taken back. */
    synchronized void revert(Acceptance.Accepted accepted, Instant began) {
        int from = running.generation();
        last = Optional.of(ended(accepted.assignment().version(), from, from, "REVERTED", "UNHEALTHY", began));
    }

    /** Says that an assignment was refused. */
    synchronized void refuse(long assignment, String code, Instant began) {
        int from = running.generation();
        last = Optional.of(ended(assignment, from, from, "REFUSED", code, began));
    }

    private static List<Item> items(Acceptance.Accepted accepted, Kind kind) {
        return accepted.assignment().items(kind).stream().map(Unit::item).toList();
    }

    private static List<Item> startedWith(Acceptance.Accepted accepted) {
        return Stream.of(Kind.SLOT, Kind.JAVA)
                .flatMap(kind -> items(accepted, kind).stream())
                .toList();
    }

    private static Item item(Assigned assigned) {
        return new Item(assigned.symbolicName(), assigned.version(), assigned.sha256(), assigned.startLevel());
    }

    private static Last ended(long assignment, int from, int to, String outcome, String code, Instant began) {
        return new Last(
                UUID.randomUUID().toString(),
                from,
                to,
                assignment,
                outcome,
                to,
                code,
                "",
                "",
                "simulator",
                began,
                Instant.now(),
                Optional.empty(),
                List.of());
    }

    /** What it runs, signed by the device and kept. */
    synchronized byte[] report(String nonce) throws IOException {
        sequence++;
        UnitReport report = new UnitReport(
                identity.device(),
                model,
                serial,
                running,
                verifier.trusted(),
                last,
                List.of(),
                Instant.now(),
                sequence,
                nonce);
        byte[] signed =
                SignedReport.sign(report, "EC_P256", identity.keys().getPublic().getEncoded(), identity::sign);
        Files.write(folder.resolve(REPORT), signed);
        return signed;
    }
}
