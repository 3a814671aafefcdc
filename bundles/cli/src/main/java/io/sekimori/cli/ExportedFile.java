package io.sekimori.cli;

import io.sekimori.trust.SignedDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A document that was exported to be signed where the keys are. */
record ExportedFile(Shell shell, Path file) {

    private static final int MAX_BYTES = 16 << 20;

    byte[] bytes() throws IOException {
        return BoundedFile.read(shell.resolve(file), MAX_BYTES);
    }

    /** Shows what it says, then signs it with the keys that are named; nobody signs what nobody chose to. */
    void sign(KeyDirectory keys, KeyDirectory.Chosen chosen) throws IOException, Failure {
        byte[] bytes = bytes();
        SignedDocument document = SignedDocument.read(bytes);
        shell.tell(
                "sign.document",
                document.type(),
                document.version(),
                document.expires(),
                document.issued().map(Instant::toString).orElse("-"));
        document.content().forEach(line -> shell.say("  " + line));
        if (chosen.names().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "KEY_UNNAMED");
        }
        document.requireNotAhead(shell.clock().instant());
        Files.write(shell.resolve(file), SignedDocument.sign(bytes, keys.signers(shell, chosen.names())));
        shell.tell("sign.done", shell.resolve(file));
    }
}
