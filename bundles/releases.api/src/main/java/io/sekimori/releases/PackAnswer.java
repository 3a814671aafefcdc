package io.sekimori.releases;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/** Whether there is a pack. */
public sealed interface PackAnswer {

    /**
     * There is.
     *
     * @param version of the assignment in it
     * @param expires when a gateway takes it no more, unless the gateway's own policy says less
     * @param fileBytes how long the files in it are together; it is some kilobytes longer
     * @param content what it consists of
     */
    record Ready(long version, Instant expires, long fileBytes, Content content) implements PackAnswer {}

    /**
     * There is none, and nothing was changed.
     *
     * @param code stable, UPPER_SNAKE: the name of a {@link ReleasesCode} or of a code of the trust library
     * @param detail safe to show
     */
    record Refused(String code, String detail) implements PackAnswer {}

    /** Makes the bytes. */
    @FunctionalInterface
    interface Content {

        /**
         * Writes all of them; may be called again, and gives the same bytes then.
         *
         * @param out not closed
         * @throws IOException if a file has changed or gone, or {@code out} fails; what was written is no pack
         */
        void write(OutputStream out) throws IOException;
    }
}
