package io.sekimori.web;

import java.util.Objects;

/**
 * The body that a route takes. A request with another media type, or with more, is refused before the resource sees it.
 *
 * @param mediaType such as {@code application/json}; empty if there is no body
 * @param maxBytes the most bytes taken
 */
public record Accepts(String mediaType, long maxBytes) {

    /** No body. */
    public static final Accepts NOTHING = new Accepts("", 0);

    /** The media type of JSON. */
    public static final String JSON = "application/json";

    /** @throws IllegalArgumentException if the size is negative */
    public Accepts {
        Objects.requireNonNull(mediaType, "mediaType");
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes is negative");
        }
    }

    /** A JSON object of at most 64 KiB, read before the resource is called: {@link Request#json()}. */
    public static Accepts json() {
        return json(64 << 10);
    }

    /** A JSON object of at most so many bytes, at most 16 MiB. */
    public static Accepts json(int maxBytes) {
        return new Accepts(JSON, maxBytes);
    }

    /** Anything of that type, which the resource reads as it comes: {@link Request#body()}. */
    public static Accepts stream(String mediaType, long maxBytes) {
        return new Accepts(mediaType, maxBytes);
    }
}
