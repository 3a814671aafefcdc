package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When the newest release metadata of offline roles was signed that a unit has verified, kept through power cuts. It counts
 * under the root it was verified under: the next root, which the offline keys of the one before have signed, begins anew with
 * its own date, so that a date that was wrong can be taken back (as 5.3.11 does for versions).
 *
 * @param root   the version of the release root
 * @param latest the latest date under it
 */
record IssuedFloor(long root, Instant latest) {

    static final String FILE = "time.json";

    private static final int MAX_BYTES = 1_024;

    /** The one that is kept for this root; what a power cut tore is as good as absent, and comes again with the metadata. */
    static Optional<IssuedFloor> load(TrustedFiles files, long root) throws IOException {
        Optional<byte[]> bytes = files.load(FILE, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            return Optional.of(new IssuedFloor(json.number("root"), TufTime.parse(json, "latest")))
                    .filter(kept -> kept.root() == root);
        } catch (MalformedJson e) {
            return Optional.empty();
        }
    }

    /** Keeps it, unless what is kept for the same root is as late. */
    void raise(TrustedFiles files) throws IOException {
        Instant kept = load(files, root).map(IssuedFloor::latest).orElse(Instant.EPOCH);
        if (kept.isBefore(latest)) {
            files.save(FILE, JsonText.bytes(Map.of("root", root, "latest", TufTime.format(latest))));
        }
    }
}
