package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.AuditVerification.Broken;
import io.sekimori.audit.AuditVerification.Intact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A chain in a folder of a test, looked at and mistreated from outside. */
record ChainOnDisk(Path folder) {

    ChainWriter writer() {
        return writer(Limits.DEFAULT);
    }

    ChainWriter writer(Limits limits) {
        return new ChainWriter(folder, new SynchronousDisk(), Clock.systemUTC(), limits);
    }

    /** Writes one batch and closes. */
    void batch(String... subjects) {
        ChainWriter writer = writer();
        try {
            writer.write(bodies(subjects));
        } catch (AuditException e) {
            throw new AssertionError(e);
        }
        writer.release();
    }

    static List<byte[]> bodies(String... subjects) {
        return Arrays.stream(subjects)
                .map(subject -> ChainLine.body(Entries.entry(subject)))
                .toList();
    }

    Intact intact() {
        AuditVerification found = new ChainFiles(folder).verify();
        assertThat(found).isInstanceOf(Intact.class);
        return (Intact) found;
    }

    Broken broken() {
        AuditVerification found = new ChainFiles(folder).verify();
        assertThat(found).isInstanceOf(Broken.class);
        return (Broken) found;
    }

    List<String> subjects() throws AuditException {
        return new ChainFiles(folder)
                .read(1, 10_000).stream()
                        .map(record -> record.entry().subject())
                        .toList();
    }

    Path onlySegment() {
        return folder.resolve("chain-000000000000000001.jsonl");
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(onlySegment());
    }

    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
