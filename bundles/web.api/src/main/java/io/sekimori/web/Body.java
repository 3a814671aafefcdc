package io.sekimori.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The content of an answer. */
public sealed interface Body {

    /** None. */
    record Empty() implements Body {}

    /**
     * A JSON object.
     *
     * @param value of String, Long, Integer, Boolean, null, and Map and List of these; not changed afterwards
     */
    record Json(Map<String, ?> value) implements Body {

        /** @throws NullPointerException if there is none */
        public Json {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A problem, as JSON.
     *
     * @param problem what is told
     */
    record Refused(Problem problem) implements Body {}

    /**
     * Bytes that are written as they are made.
     *
     * @param mediaType such as {@code application/pkcs7-mime}
     * @param length how many there will be, or -1 if that is not known
     * @param writer makes them
     */
    record Streamed(String mediaType, long length, Writer writer) implements Body {}

    /**
     * A file, of which the caller may ask for a part (RFC 9110, 14).
     *
     * @param mediaType such as {@code application/octet-stream}
     * @param file where it is; not changed in place
     * @param version tells it from another content at the same address, see {@link Tag}; such as its SHA-256
     */
    record Stored(String mediaType, Path file, String version) implements Body {}

    /**
     * Events for as long as the caller listens (HTML standard, 9.2).
     *
     * @param source where they come from
     */
    record Events(EventSource source) implements Body {}

    /** Makes the bytes of an answer. */
    @FunctionalInterface
    interface Writer {

        /** Writes all of them; an exception ends the connection, so that nobody takes a part for the whole. */
        void write(OutputStream out) throws IOException;
    }

    /** Bytes that are there already. */
    static Body bytes(String mediaType, byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Streamed(mediaType, copy.length, out -> out.write(copy));
    }
}
