package io.sekimori.releases;

import org.jspecify.annotations.Nullable;

/** Records, disk or keys failed, so that nothing could be decided and nothing was changed. */
public final class ReleasesException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param cause what failed below, or null if nothing did */
    public ReleasesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
