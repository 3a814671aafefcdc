package io.sekimori.update.engine;

import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import io.sekimori.trust.TrustException;
import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import io.sekimori.update.engine.lab.ScriptedSource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What accepted metadata order, and a source of it, for tests that need no metadata. */
final class Orders {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private Orders() {}

    static Release release(Kind kind, String name, byte[] content) {
        return new Release(
                Release.pathOf(kind, name, "1.0.0"),
                name,
                "1.0.0",
                1,
                0,
                0,
                Swap.OVERLAP,
                kind,
                content.length,
                Sha256.hex(content),
                List.of());
    }

    static Acceptance.Accepted of(Release... releases) {
        List<Assigned> items =
                Stream.of(releases).map(release -> Assigned.of(release, 5)).toList();
        Assignment assignment =
                new Assignment(7, NOW, NOW.plus(Duration.ofDays(1)), "d".repeat(64), "sg-1", items, Map.of());
        return accepted(assignment, List.of(releases));
    }

    private static Acceptance.Accepted accepted(Assignment assignment, List<Release> releases) {
        try {
            return new Acceptance.Accepted(
                    assignment, releases, Evidence.of(Map.of(), Map.of()), Optional.empty(), Optional.empty());
        } catch (TrustException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A director's metadata as it is, and files. */
    interface Metadata {
        Optional<byte[]> file(String name) throws IOException;
    }

    static UpdateSource source(Metadata director, byte[]... files) {
        return new UpdateSource() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public Optional<byte[]> releaseMetadata(String file, int maxBytes) {
                return Optional.empty();
            }

            @Override
            public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
                return director.file(file);
            }

            @Override
            public SourceFile open(String sha256, long offset) throws IOException {
                for (byte[] file : files) {
                    if (Sha256.hex(file).equals(sha256)) {
                        return ScriptedSource.well(file, offset);
                    }
                }
                throw new NoSuchFileException(sha256);
            }
        };
    }
}
