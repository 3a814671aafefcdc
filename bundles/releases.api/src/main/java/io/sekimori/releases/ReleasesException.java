package io.sekimori.releases;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records, disk or keys failed, so that nothing could be decided and nothing was changed. */
public final class ReleasesException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is asked for cannot be told; null if something failed. */
    private final @Nullable ReleasesCode code;

    /** @param cause what failed below, or null if nothing did */
    public ReleasesException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = null;
    }

    /** Nothing failed, but what is asked for cannot be told. */
    public ReleasesException(ReleasesCode code, String detail) {
        super(detail);
        this.code = code;
    }

    /** Why what is asked for cannot be told; empty if something failed. The message is safe to show then. */
    public Optional<ReleasesCode> code() {
        return Optional.ofNullable(code);
    }
}
