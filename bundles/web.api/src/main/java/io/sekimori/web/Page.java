package io.sekimori.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list is wanted: what follows a key. Unlike counted pages it neither skips nor repeats when the list
 * changes in between, and the last page costs no more than the first.
 *
 * @param after the key behind which to begin; empty for the first page
 * @param limit at most this many
 */
public record Page(String after, int limit) {

    /** The name of the parameter with the key. */
    public static final String AFTER = "after";
    /** The name of the parameter with the limit. */
    public static final String LIMIT = "limit";
    /** The most that are answered at once. */
    public static final int MOST = 500;
    /** How many are answered to who does not say. */
    public static final int USUAL = 50;

    private static final int LONGEST_KEY = 200;

    /**
     * The part that {@code request} asks for.
     *
     * @throws WebException if the limit is out of range, or the key too long
     */
    public static Page of(Request request) throws WebException {
        String after = request.query(AFTER).orElse("");
        if (after.length() > LONGEST_KEY) {
            throw new WebException(new Problem(400, WebCode.PARAMETER_INVALID, AFTER + " is too long"));
        }
        return new Page(after, (int) request.number(LIMIT, 1, MOST, USUAL));
    }

    /** The members {@code items} and, if there is more, {@code next}. */
    static Map<String, Object> json(Iterable<? extends Map<String, ?>> items, Optional<String> next) {
        List<Map<String, ?>> list = new ArrayList<>();
        items.forEach(list::add);
        Map<String, Object> json = new HashMap<>(Map.of("items", list));
        next.ifPresent(key -> json.put("next", key));
        return json;
    }
}
