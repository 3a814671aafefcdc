package io.sekimori.cli;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * That the making of a key in a token was begun. On the disk before the token is asked, and until what a cut left in it is used or
 * removed.
 *
 * @param name   the key's
 * @param module the token's library
 * @param slot   where the token was then
 * @param mark   the label of what lies in the token as long; empty if this token keeps no such thing
 * @param marked whether that lies there; before, no key was made yet
 */
record TokenNote(String name, Path module, int slot, String mark, boolean marked) {

    private static final String SUFFIX = ".making";

    /** What was begun and not ended under that name. */
    static Optional<TokenNote> of(Path directory, String name) throws IOException, Failure {
        Path file = file(directory, name);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject begun = JsonObject.parse(BoundedFile.read(file, EncryptedKey.MAX_BYTES), EncryptedKey.MAX_BYTES);
            return Optional.of(new TokenNote(
                    name,
                    Path.of(begun.string("module")),
                    Math.toIntExact(begun.number("slot")),
                    begun.optionalString("mark").orElse(""),
                    begun.optionalBool("marked").orElse(false)));
        } catch (MalformedJson | ArithmeticException e) {
            throw new Failure(ExitCode.REFUSED, "KEY_MALFORMED", file, e.getMessage()).because(e);
        }
    }

    /** The names of all that was begun and not ended. */
    static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && name.endsWith(SUFFIX))
                    .map(name -> name.substring(1, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        }
    }

    void write(Path directory) throws IOException {
        DurableFile.write(
                file(directory, name),
                JsonText.bytes(
                        Map.of("module", module.toString(), "slot", (long) slot, "mark", mark, "marked", marked)));
    }

    static void delete(Path directory, String name) throws IOException {
        DurableFile.delete(file(directory, name));
    }

    /**
     * Whether this is the token: by what lies in it, wherever it is now; without that by its place alone.
     *
     * @param pin the caller's to wipe
     */
    boolean isOf(Token token, char[] pin) throws Failure {
        return marked ? TokenMark.isThere(token, mark, pin) : module.equals(token.module()) && slot == token.slot();
    }

    private static Path file(Path directory, String name) {
        return directory.resolve("." + name + SUFFIX);
    }
}
