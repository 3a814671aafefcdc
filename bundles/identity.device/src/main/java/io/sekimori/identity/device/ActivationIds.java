package io.sekimori.identity.device;

import io.sekimori.durable.DurableFile;
import io.sekimori.identity.IdentityCode;
import io.sekimori.identity.IdentityException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Activations in a file, known by their ids: of {@code spent} those that have proved what they can prove, of {@code held}
 * those that somebody just proved to hold. A file that cannot be read is refused. Thread-safe; who changes it holds a lock.
 */
final class ActivationIds {

    private static final long FORMAT = 1;
    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST = 500;

    private final Path file;

    ActivationIds(Path file) {
        this.file = file;
    }

    Set<String> ids() throws IdentityException {
        if (!Files.exists(file)) {
            return Set.of();
        }
        try (InputStream in = new FileInputStream(file.toFile())) {
            JsonObject json = JsonObject.parse(in.readNBytes(MAX_BYTES + 1), MAX_BYTES);
            if (json.number("format") != FORMAT) {
                throw new MalformedJson("format is not " + FORMAT);
            }
            return new LinkedHashSet<>(json.strings("activations"));
        } catch (IOException | MalformedJson e) {
            throw new IdentityException(
                    IdentityCode.IDENTITY_UNREADABLE, file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    void add(Collection<String> more) throws IdentityException, IOException {
        LinkedHashSet<String> all = new LinkedHashSet<>(ids());
        if (all.addAll(more)) {
            keep(List.copyOf(all).subList(Math.max(0, all.size() - MOST), all.size()));
        }
    }

    void remove(Collection<String> some) throws IdentityException, IOException {
        LinkedHashSet<String> all = new LinkedHashSet<>(ids());
        if (all.removeAll(some)) {
            keep(List.copyOf(all));
        }
    }

    private void keep(List<String> ids) throws IOException {
        DurableFile.replace(file, JsonText.bytes(Map.of("format", FORMAT, "activations", ids)));
    }
}
