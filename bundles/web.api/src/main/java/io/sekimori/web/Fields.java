package io.sekimori.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of a request. What is missing or of another type is answered with 400 and its name. Immutable.
 */
public final class Fields {

    private final Map<String, @Nullable Object> members;
    private final String path;

    /** @param members values of String, Long, Boolean, null, and Map and List of these */
    public Fields(Map<String, @Nullable Object> members) {
        this(members, "");
    }

    private Fields(Map<String, @Nullable Object> members, String path) {
        this.members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        this.path = path;
    }

    /** The text named {@code name}. */
    public String text(String name) throws WebException {
        return required(name, String.class, "a string");
    }

    /** The whole number named {@code name}. */
    public long number(String name) throws WebException {
        return required(name, Long.class, "a whole number");
    }

    /** The truth value named {@code name}. */
    public boolean bool(String name) throws WebException {
        return required(name, Boolean.class, "true or false");
    }

    /** The object named {@code name}. */
    public Fields object(String name) throws WebException {
        return nested(required(name, Map.class, "an object"), name);
    }

    /** The texts of the array named {@code name}. */
    public List<String> texts(String name) throws WebException {
        List<String> texts = new ArrayList<>();
        for (Object element : required(name, List.class, "an array")) {
            texts.add(cast(name, element, String.class, "an array of strings"));
        }
        return List.copyOf(texts);
    }

    /** The objects of the array named {@code name}. */
    public List<Fields> objects(String name) throws WebException {
        List<Fields> objects = new ArrayList<>();
        for (Object element : required(name, List.class, "an array")) {
            objects.add(nested(cast(name, element, Map.class, "an array of objects"), name));
        }
        return List.copyOf(objects);
    }

    /** The text named {@code name}, if there is such a member. */
    public Optional<String> optionalText(String name) throws WebException {
        return has(name) ? Optional.of(text(name)) : Optional.empty();
    }

    /** The whole number named {@code name}, if there is such a member. */
    public Optional<Long> optionalNumber(String name) throws WebException {
        return has(name) ? Optional.of(number(name)) : Optional.empty();
    }

    /** The truth value named {@code name}, if there is such a member. */
    public Optional<Boolean> optionalBool(String name) throws WebException {
        return has(name) ? Optional.of(bool(name)) : Optional.empty();
    }

    /** Whether there is a member of that name, be it null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The members, unmodifiable. */
    public Map<String, @Nullable Object> asMap() {
        return members;
    }

    /**
     * Refuses a request with a member that is none of {@code names}: a misspelt one would else be ignored.
     *
     * @throws WebException if there is one
     */
    public void allow(String... names) throws WebException {
        Set<String> others = new TreeSet<>(members.keySet());
        others.removeAll(Set.of(names));
        if (!others.isEmpty()) {
            throw invalid(others.iterator().next(), "is not known here");
        }
    }

    private <T> T required(String name, Class<T> type, String expected) throws WebException {
        if (!has(name)) {
            throw invalid(name, "is missing");
        }
        return cast(name, members.get(name), type, expected);
    }

    private <T> T cast(String name, @Nullable Object value, Class<T> type, String expected) throws WebException {
        if (!type.isInstance(value)) {
            throw invalid(name, "is not " + expected);
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked") // whoever makes these from JSON makes no other maps
    private Fields nested(Map<?, ?> value, String name) {
        return new Fields((Map<String, @Nullable Object>) value, path + name + ".");
    }

    private WebException invalid(String name, String fault) {
        return new WebException(new Problem(400, WebCode.BODY_INVALID, path + name + " " + fault));
    }
}
