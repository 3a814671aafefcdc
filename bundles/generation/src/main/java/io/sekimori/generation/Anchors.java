package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Vouching;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The two roots that everything on a unit is verified from. Immutable. */
public final class Anchors {

    private static final int MAX_BYTES = 1 << 20;

    private final byte[] release;
    private final byte[] director;

    private Anchors(byte[] release, byte[] director) {
        this.release = release;
        this.director = director;
    }

    /**
     * Those of a unit.
     *
     * @throws TrustException {@link GenerationCode#NO_TRUST_ROOT} if one is missing, longer than 1 MiB, or cannot be read
     */
    public static Anchors of(Unit unit) throws TrustException {
        return new Anchors(read(unit.releaseAnchor()), read(unit.directorAnchor()));
    }

    /** See {@link Evidence#verify}. */
    public Vouching verify(Evidence evidence) {
        return evidence.verify(release, director);
    }

    /** See {@link Evidence#examine}. */
    public Evidence.Examined examine(Evidence evidence) throws IOException {
        return evidence.examine(release, director);
    }

    /** See {@link Evidence#hardFloors}. */
    public Map<String, Long> hardFloors(Evidence evidence) throws IOException {
        return evidence.hardFloors(release, director);
    }

    private static byte[] read(Path file) throws TrustException {
        try {
            return DurableFile.read(file, MAX_BYTES)
                    .filter(bytes -> bytes.length <= MAX_BYTES)
                    .orElseThrow(
                            () -> new TrustException(GenerationCode.NO_TRUST_ROOT, file + " is missing or too long"));
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(GenerationCode.NO_TRUST_ROOT, e.toString(), e);
        }
    }
}
