package io.sekimori.trust;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A rule of this area was broken while something was read or built; {@link #refusal()} says which.
 *
 * <p>It is an {@link IOException} because streams throw it, too: a target that is longer than signed fails while it
 * is read.
 */
public final class TrustException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** The rule and its data. */
    public TrustException(RefusalCode code, String detail) {
        this(code, detail, null);
    }

    /** As above, with what made it so. */
    public TrustException(RefusalCode code, String detail, @Nullable Throwable cause) {
        super(new Refusal(code, detail).toString(), cause);
        this.refusal = new Refusal(code, detail);
    }

    /** The broken rule and its data. */
    public Refusal refusal() {
        return refusal;
    }
}
