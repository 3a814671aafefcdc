package io.sekimori.trust;

/** The bytes are not the JSON that was expected; the message says where and is safe to show. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message what was expected and what was there, without secrets */
    public MalformedJson(String message) {
        super(message);
    }

    /** As above, with what made it so. */
    public MalformedJson(String message, Throwable cause) {
        super(message, cause);
    }
}
