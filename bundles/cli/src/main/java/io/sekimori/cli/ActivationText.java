package io.sekimori.cli;

import io.sekimori.trust.Activation;
import io.sekimori.trust.ActivationLabel;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * What a maker prints for a unit: its activation as the line of a label, and the code alone for people who type. All of it
 * is text that leaves by standard output, so nothing here is wiped.
 *
 * @param label one line of ASCII
 * @param code the code in groups of four, as the gateway's page takes it
 */
record ActivationText(String gateway, String console, Instant notAfter, String label, String code) {

    private static final String GROUPS = "(?<=\\G.{4})(?=.)";

    /** Reads an activation file, or a file with a label. */
    static ActivationText read(Path file) throws Failure, IOException {
        byte[] text = bytes(file);
        try (Activation activation = Activation.parse(text)) {
            return new ActivationText(
                    activation.place().gatewayId(),
                    activation.place().console().toString(),
                    activation.notAfter(),
                    new String(ActivationLabel.of(activation), StandardCharsets.US_ASCII),
                    new String(activation.code(), StandardCharsets.US_ASCII).replaceAll(GROUPS, "-"));
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "ACTIVATION_MALFORMED", file + ": " + e.getMessage()).because(e);
        } finally {
            Arrays.fill(text, (byte) 0);
        }
    }

    /** The bytes of such a file, bounded; the caller wipes them. */
    static byte[] bytes(Path file) throws Failure, IOException {
        try {
            return BoundedFile.read(file, Activation.MAX_BYTES);
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.REFUSED, "NO_ACTIVATION", file).because(e);
        }
    }

    Map<String, Object> members() {
        return Map.of(
                "gateway", gateway, "console", console, "notAfter", notAfter.toString(), "label", label, "code", code);
    }
}
