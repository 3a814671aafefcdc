package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.durable.DurableFile;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The SHA-256 of what this console exported last, kept where only the console writes: an import takes nothing else unasked. */
final class LastExport {

    private final Path file;

    LastExport(ConsoleHome home) {
        this.file = home.data("io.sekimori.records.backup").resolve("exported");
    }

    void remember(String sha256) throws IOException {
        DurableFile.makeDirectory(file.getParent());
        DurableFile.replace(file, sha256.getBytes(StandardCharsets.US_ASCII));
    }

    String sha256() throws IOException, Failure {
        String known = Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.US_ASCII) : "";
        if (!Sha256.isHex(known)) {
            throw new Failure(ExitCode.REFUSED, "EXPORT_UNKNOWN", file);
        }
        return known;
    }
}
