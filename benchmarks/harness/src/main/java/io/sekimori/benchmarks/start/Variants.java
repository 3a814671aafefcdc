package io.sekimori.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateway and the peer, each with and without an archive of classes, started in turns. The options of the JVM are
 * those of the gateway's start script. Confined to one thread.
 */
final class Variants {

    private final Subjects subjects;
    private final List<String> options;
    private final Path bareArchive;
    private final Looks gateway = new Looks();
    private final Looks plainGateway = new Looks();
    private final Looks bare = new Looks();
    private final Looks plainBare = new Looks();

    private Variants(Subjects subjects, List<String> options, Path bareArchive) {
        this.subjects = subjects;
        this.options = options;
        this.bareArchive = bareArchive;
    }

    /** Starts each once, which makes the archive of the peer. */
    static Variants warmUp(Subjects subjects) throws IOException, InterruptedException {
        List<String> plain;
        try (Started gateway = subjects.gateway()) {
            if (gateway.activeBundles() != subjects.bundles().size() + 1) {
                throw new IOException(gateway.activeBundles() + " bundles are active");
            }
            plain = gateway.plainJavaOptions();
        }
        Path archive = subjects.folder().resolve("bare.jsa");
        List<String> training = new ArrayList<>(plain);
        training.add("-XX:ArchiveClassesAtExit=" + archive);
        subjects.bare(training).close();
        return new Variants(subjects, plain, archive);
    }

    /** Starts each once more and looks. */
    void round() throws IOException, InterruptedException {
        try (Started started = subjects.gateway()) {
            gateway.at(started);
        }
        try (Started started = subjects.bare(options)) {
            plainBare.at(started);
        }
        withoutArchive();
        List<String> archived = new ArrayList<>(options);
        archived.add(Started.CLASS_ARCHIVE + bareArchive);
        try (Started started = subjects.bare(archived)) {
            bare.at(started);
        }
    }

    private void withoutArchive() throws IOException, InterruptedException {
        Path archive = subjects.archive();
        Path aside = archive.resolveSibling("aside");
        Files.move(archive, aside);
        try (Started started = subjects.gateway()) {
            plainGateway.at(started);
        }
        Files.move(aside, archive);
    }

    Looks gateway() {
        return gateway;
    }

    Looks plainGateway() {
        return plainGateway;
    }

    Looks bare() {
        return bare;
    }

    Looks plainBare() {
        return plainBare;
    }
}
