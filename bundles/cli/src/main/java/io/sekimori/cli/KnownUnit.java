package io.sekimori.cli;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A unit that left this factory, as the director's directory remembers it: {@code units/SERIAL.json}.
 *
 * @param serial its serial number
 * @param model its model
 * @param device SHA-256 of its public key, 64 lower-case hex digits
 */
record KnownUnit(String serial, String model, String device) {

    private static final int MAX_BYTES = 4096;
    private static final String SERIAL = "[A-Za-z0-9._-]{1,64}";

    static KnownUnit read(Path director, String serial) throws IOException, Failure {
        requireSerial(serial);
        Optional<byte[]> bytes = DurableFile.read(file(director, serial), MAX_BYTES);
        if (bytes.isEmpty()) {
            throw new Failure(ExitCode.REFUSED, "UNIT_UNKNOWN", serial, director);
        }
        try {
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            return new KnownUnit(serial, json.string("model"), json.string("device"));
        } catch (MalformedJson e) {
            throw new Failure(ExitCode.REFUSED, "UNIT_UNKNOWN", serial, director).because(e);
        }
    }

    /** Whether a unit with that serial number has left this factory. */
    static boolean exists(Path director, String serial) {
        return Files.exists(file(director, serial));
    }

    void write(Path director) throws IOException {
        Files.createDirectories(director.resolve("units"));
        DurableFile.write(
                file(director, serial), JsonText.bytes(Map.of("serial", serial, "model", model, "device", device)));
    }

    static void requireSerial(String serial) throws Failure {
        // It becomes a file name.
        if (!serial.matches(SERIAL) || serial.startsWith(".")) {
            throw new Failure(ExitCode.USAGE, "SERIAL", serial);
        }
    }

    private static Path file(Path director, String serial) {
        return director.resolve("units").resolve(serial + ".json");
    }
}
