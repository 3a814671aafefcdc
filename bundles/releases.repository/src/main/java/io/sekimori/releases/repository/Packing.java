package io.sekimori.releases.repository;

import io.sekimori.generation.Store;
import io.sekimori.releases.PackAnswer;
import io.sekimori.releases.ReleasesCode;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.FloorPermits;
import io.sekimori.trust.PackWriter;
import io.sekimori.trust.PublishCode;
import io.sekimori.trust.Release;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.UnitFacts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts packs together: what a gateway would fetch, at one moment. Thread-safe. */
final class Packing {

    /** How long an assignment is good that is signed for a pack. */
    static final Duration LIFE = Duration.ofDays(90);

    private static final String ASSIGNMENT = "targets.json";
    private static final String ROOT = "[1-9][0-9]*\\.root\\.json";
    private static final int MAX_METADATA_BYTES = 16 << 20;

    private final Repositories repositories;
    private final Supplier<Settings> settings;
    private final Clock clock;
    private final Signing signing;
    private final GatewayApprovals approvals;

    Packing(Tables tables, Supplier<Settings> settings, Clock clock) {
        this.repositories = new Repositories(tables, settings);
        this.approvals = new GatewayApprovals(tables, clock);
        this.settings = settings;
        this.clock = clock;
        this.signing = new Signing(repositories, settings, clock);
    }

    /** What goes into a pack but for its files. */
    record Parts(AssignmentRow row, Map<String, byte[]> release, Map<String, byte[]> director, List<Release> files) {}

    /** What a pack would be made of now; changes nothing. */
    Parts look(String device) throws ReleasesException, RefusedException {
        Parts parts = parts(device);
        requireFiles(parts.files());
        return parts;
    }

    /** A pack of what was looked at; of the same assignment signed anew, if it would not last or the root beside it names other keys. */
    PackAnswer.Ready ready(Parts seen) throws ReleasesException, RefusedException {
        Parts parts = seen;
        if (isShort(seen.row()) || !seen.row().signedBy(signing.keys())) {
            signing.renew(seen.row().device(), LIFE, this::isShort);
            parts = look(seen.row().device());
        }
        return ready(parts, settings.get().place().store());
    }

    private boolean isShort(AssignmentRow row) {
        return row.expires().isBefore(clock.instant().plus(LIFE.dividedBy(2)));
    }

    private static PackAnswer.Ready ready(Parts parts, Store store) {
        return new PackAnswer.Ready(
                parts.row().version(),
                parts.row().expires(),
                parts.files().stream().mapToLong(Release::length).sum(),
                out -> write(parts, store, out));
    }

    private Parts parts(String device) throws ReleasesException, RefusedException {
        Optional<byte[]> approved = approvals.of(device);
        return repositories.read((open, connection) -> {
            AssignmentRow row = AssignmentRow.of(connection, device)
                    .orElseThrow(
                            () -> new RefusedException(PublishCode.NO_ASSIGNMENT.name(), "no assignment of " + device));
            byte[] document = row.document().getBytes(StandardCharsets.UTF_8);
            Assignment assignment = row.signed();
            FloorRule.of(open.releases())
                    .demand(assignment.items(), new UnitFacts(device, assignment.model()), clock.instant());
            Map<String, byte[]> director = roots(MetadataRows.load(connection, MetadataRows.DIRECTOR));
            director.put(ASSIGNMENT, document);
            approved.ifPresent(bytes -> director.put(Approvals.FILE, bytes));
            return new Parts(row, published(open), director, files(open, assignment));
        });
    }

    private static Map<String, byte[]> published(Repositories.Open open) throws IOException {
        Map<String, byte[]> files = roots(open.releaseRows());
        for (String name : open.releases().current()) {
            files.put(name, open.releaseRows().fetch(name, MAX_METADATA_BYTES).orElseThrow());
        }
        open.releaseRows()
                .fetch(FloorPermits.FILE, FloorPermits.MAX_BYTES)
                .ifPresent(permits -> files.put(FloorPermits.FILE, permits));
        return files;
    }

    private static Map<String, byte[]> roots(MetadataRows rows) {
        Map<String, byte[]> roots = new TreeMap<>();
        for (String name : rows.names()) {
            if (name.matches(ROOT)) {
                roots.put(name, rows.fetch(name, MAX_METADATA_BYTES).orElseThrow());
            }
        }
        return roots;
    }

    private static List<Release> files(Repositories.Open open, Assignment assignment)
            throws IOException, RefusedException {
        Map<String, Release> released = open.releases().facts().releases().stream()
                .collect(Collectors.toMap(Release::path, Function.identity()));
        List<Release> files = new ArrayList<>();
        Set<String> there = new HashSet<>();
        for (Assigned item : assignment.items()) {
            Release release = released.get(item.path());
            if (release == null) {
                throw new RefusedException(TrustCode.RELEASE_UNKNOWN.name(), item.path() + " is not released");
            }
            if (there.add(release.sha256())) {
                files.add(release);
            }
        }
        return List.copyOf(files);
    }

    private void requireFiles(List<Release> files) throws RefusedException, ReleasesException {
        Store store = settings.get().place().store();
        for (Release release : files) {
            Path file = store.path(release.sha256());
            try {
                if (!Files.isRegularFile(file) || Files.size(file) != release.length()) {
                    throw new RefusedException(ReleasesCode.FILE_MISSING, release.path());
                }
            } catch (IOException e) {
                throw new ReleasesException("the files of releases cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static void write(Parts parts, Store store, OutputStream out) throws IOException {
        PackWriter pack = new PackWriter(out);
        for (Map.Entry<String, byte[]> file : parts.release().entrySet()) {
            pack.release(file.getKey(), file.getValue());
        }
        for (Map.Entry<String, byte[]> file : parts.director().entrySet()) {
            pack.director(file.getKey(), file.getValue());
        }
        StoredFiles files = new StoredFiles(store);
        for (Release release : parts.files()) {
            pack.target(release, files);
        }
        pack.finish();
    }
}
