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
 * Which activations have proved what they can prove. They stay so when people are erased: else an old label would open
 * a unit that was handed over. One that cannot be read is refused. Thread-safe; who adds holds the folder's lock.
 */
final class Spent {

    private static final long FORMAT = 1;
    private static final int MAX_BYTES = 64 << 10;
    private static final int MOST = 500;

    private final Path file;

    Spent(Path file) {
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
            throw new IdentityException(IdentityCode.IDENTITY_UNREADABLE, "spent: " + e.getMessage(), e);
        }
    }

    void add(Collection<String> more) throws IdentityException, IOException {
        LinkedHashSet<String> all = new LinkedHashSet<>(ids());
        if (all.addAll(more)) {
            List<String> newest = List.copyOf(all).subList(Math.max(0, all.size() - MOST), all.size());
            DurableFile.replace(file, JsonText.bytes(Map.of("format", FORMAT, "activations", newest)));
        }
    }
}
