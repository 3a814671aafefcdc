package io.sekimori.trust;

import java.io.IOException;
import java.util.List;

/** Says what time it is with a director's keys. Thread-safe as far as the signers are. */
public final class TimeSigner {

    private final List<Signer> signers;

    /** @param signers enough of the director's targets keys */
    TimeSigner(List<Signer> signers) {
        this.signers = List.copyOf(signers);
    }

    /**
     * The statement with their signatures.
     *
     * @throws IOException if a key cannot be used
     */
    public byte[] sign(TimeStatement statement) throws IOException {
        return SignedFile.bytes(statement.json(), signers);
    }
}
