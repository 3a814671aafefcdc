package io.sekimori.fleet;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * A gateway to be registered.
 *
 * @param serial 1 to 64 of {@code A-Z a-z 0-9 . _ -}, as its maker wrote it on it
 * @param model 1 to 64 of {@code A-Z a-z 0-9 . _ -} and space
 * @param labels at most {@value #MAX_LABELS}, each 1 to 64 of {@code A-Z a-z 0-9 . _ : / -}
 */
public record Registration(String serial, String model, Set<String> labels) {

    /** The most labels of one gateway. */
    public static final int MAX_LABELS = 32;

    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}");

    /** @throws IllegalArgumentException if a part is malformed */
    public Registration {
        Bounds.matches("serial", serial, SERIAL);
        Bounds.matches("model", model, MODEL);
        labels = labels(labels);
    }

    /**
     * The labels, if they may be put on a gateway.
     *
     * @throws IllegalArgumentException if there are too many or one is malformed
     */
    public static Set<String> labels(Set<String> labels) {
        Bounds.require(labels.size() <= MAX_LABELS, "more than " + MAX_LABELS + " labels");
        labels.forEach(label -> Bounds.matches("a label", label, LABEL));
        return Set.copyOf(labels);
    }
}
