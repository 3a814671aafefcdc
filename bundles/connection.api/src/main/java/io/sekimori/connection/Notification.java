package io.sekimori.connection;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the gateway tells a requester unasked, or after it was asked.
 *
 * @param requester the client id it is for: {@link #CONSOLE}, or who asked
 * @param application the id of the application that speaks, such as {@code SEKIMORI-V1}
 * @param type what kind of news, the last part of the topic: 1 to 64 of {@code a-z 0-9 . -}
 * @param importance what may be lost when there is no room
 * @param metrics a value is a Double, Float, Long, Integer, Boolean, String or byte[]
 * @param body at most 512 KiB, and 240 KiB with the metrics when packed; empty if there is none
 */
public record Notification(
        String requester,
        String application,
        String type,
        Importance importance,
        Map<String, Object> metrics,
        byte[] body) {

    /** To whom a gateway speaks of its own accord: every replica of the console hears it. */
    public static final String CONSOLE = "console";

    /** The most bytes of a body. */
    public static final int MAX_BODY = 512 << 10;

    private static final Pattern LEVEL = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** What may be lost when there is no room. */
    public enum Importance {
        /** A step on the way; the oldest give way to newer ones, and a power cut may take it. */
        PROGRESS,
        /** How something ended, or what is: given up last, and never without an entry in the audit. */
        OUTCOME
    }

    /**
     * Copies what could change.
     *
     * @throws IllegalArgumentException if a part is malformed or too large
     * @throws NullPointerException if a part is null
     */
    public Notification {
        level("requester", requester);
        level("application", application);
        level("type", type);
        Objects.requireNonNull(importance, "importance");
        metrics = Metrics.copy(metrics);
        if (body.length > MAX_BODY) {
            throw new IllegalArgumentException("the body has more than " + MAX_BODY + " bytes");
        }
        body = body.clone();
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** What it is about, never what is in it. */
    @Override
    public String toString() {
        return application + " " + type + " for " + requester;
    }

    private static void level(String name, String value) {
        if (!LEVEL.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must match " + LEVEL);
        }
    }
}
