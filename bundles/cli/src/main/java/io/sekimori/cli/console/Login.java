package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What {@code sekimori login} remembers, in a file that only its owner can read: {@code login.json} below
 * {@code $SEKIMORI_CONFIG}, else {@code $XDG_CONFIG_HOME/sekimori}, else {@code ~/.config/sekimori}.
 *
 * @param console the console's address
 * @param pin     SHA-256 of the certificate that is trusted, 64 lower-case hex digits
 * @param person  who signed in
 * @param token   the bearer token; never printed
 */
record Login(URI console, String pin, String person, String token) {

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    static Path file(Shell shell) {
        return directory(shell.environment()).resolve("login.json");
    }

    private static Path directory(Map<String, String> environment) {
        String named = environment.getOrDefault("SEKIMORI_CONFIG", "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath();
        }
        String base = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path config = base.isEmpty() ? Path.of(environment.getOrDefault("HOME", "."), ".config") : Path.of(base);
        return config.resolve("sekimori").toAbsolutePath();
    }

    /** Reads it; a file that others may read is refused, since its token may be known to them. */
    static Login read(Shell shell) throws IOException, Failure {
        Path file = file(shell);
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (permissions.stream().anyMatch(OTHERS::contains)) {
                throw new Failure(ExitCode.REFUSED, "LOGIN_EXPOSED", file);
            }
            JsonObject json = JsonObject.parse(Files.readAllBytes(file));
            return new Login(
                    URI.create(json.string("console")),
                    json.string("pin"),
                    json.string("person"),
                    json.string("token"));
        } catch (NoSuchFileException e) {
            throw new Failure(ExitCode.REFUSED, "NOT_SIGNED_IN").because(e);
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new Failure(ExitCode.FAILED, "LOGIN_MALFORMED", file).because(e);
        }
    }

    void write(Shell shell) throws IOException {
        Path file = file(shell);
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(".login.json.part");
        Files.deleteIfExists(part);
        byte[] bytes =
                JsonText.bytes(Map.of("console", console.toString(), "pin", pin, "person", person, "token", token));
        try (FileChannel channel = FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER))) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return person + " at " + console;
    }
}
