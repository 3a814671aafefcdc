package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object, read strictly: no duplicate names, at most 32 levels, whole numbers of 64 bits only, well-formed
 * UTF-8, nothing behind it. Asking for a member that is absent or of another type throws; the message names the path.
 *
 * <p>Immutable, thread-safe. Members nobody asks for are kept, since TUF tells clients to ignore what they do not know.
 */
public final class JsonObject {

    /** The most bytes {@link #parse(byte[])} reads: 16 MiB. */
    public static final int MAX_BYTES = 16 << 20;

    private final Map<String, @Nullable Object> members;
    private final String path;

    private JsonObject(Map<String, @Nullable Object> members, String path) {
        this.members = members;
        this.path = path;
    }

    /**
     * Reads {@code utf8}, at most {@link #MAX_BYTES} of it.
     *
     * @throws MalformedJson if it is anything but one strict JSON object
     */
    public static JsonObject parse(byte[] utf8) throws MalformedJson {
        return parse(utf8, MAX_BYTES);
    }

    /** As {@link #parse(byte[])}, with a smaller limit. */
    public static JsonObject parse(byte[] utf8, int maxBytes) throws MalformedJson {
        return new JsonObject(StrictJson.read(utf8, Math.min(maxBytes, MAX_BYTES)), "");
    }

    /** The text named {@code name}. */
    public String string(String name) throws MalformedJson {
        return required(name, String.class, "a string");
    }

    /** The whole number named {@code name}. */
    public long number(String name) throws MalformedJson {
        return required(name, Long.class, "a whole number");
    }

    /** The truth value named {@code name}. */
    public boolean bool(String name) throws MalformedJson {
        return required(name, Boolean.class, "true or false");
    }

    /** The object named {@code name}. */
    public JsonObject object(String name) throws MalformedJson {
        return object(name, required(name, Map.class, "an object"));
    }

    /** The array of objects named {@code name}. */
    public List<JsonObject> objects(String name) throws MalformedJson {
        List<?> elements = required(name, List.class, "an array");
        List<JsonObject> objects = new ArrayList<>(elements.size());
        for (Object element : elements) {
            objects.add(object(name, cast(name, element, Map.class, "an array of objects")));
        }
        return List.copyOf(objects);
    }

    /** The array of texts named {@code name}. */
    public List<String> strings(String name) throws MalformedJson {
        List<?> elements = required(name, List.class, "an array");
        List<String> strings = new ArrayList<>(elements.size());
        for (Object element : elements) {
            strings.add(cast(name, element, String.class, "an array of strings"));
        }
        return List.copyOf(strings);
    }

    /** The text named {@code name}, if there is such a member; one of another type still throws. */
    public Optional<String> optionalString(String name) throws MalformedJson {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    /** The whole number named {@code name}, if there is such a member. */
    public Optional<Long> optionalNumber(String name) throws MalformedJson {
        return has(name) ? Optional.of(number(name)) : Optional.empty();
    }

    /** The truth value named {@code name}, if there is such a member. */
    public Optional<Boolean> optionalBool(String name) throws MalformedJson {
        return has(name) ? Optional.of(bool(name)) : Optional.empty();
    }

    /** The object named {@code name}, if there is such a member. */
    public Optional<JsonObject> optionalObject(String name) throws MalformedJson {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** Whether there is a member of that name, be it null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The names, in the order of the text. */
    public Set<String> names() {
        return members.keySet();
    }

    /**
     * The members as String, Long, Boolean, Map, List or null; unmodifiable through and through. It is what
     * {@link CanonicalJson} and {@link JsonText} take.
     */
    public Map<String, @Nullable Object> asMap() {
        return members;
    }

    private <T> T required(String name, Class<T> type, String expected) throws MalformedJson {
        if (!has(name)) {
            throw new MalformedJson(path + name + " is missing");
        }
        return cast(name, members.get(name), type, expected);
    }

    private <T> T cast(String name, @Nullable Object value, Class<T> type, String expected) throws MalformedJson {
        if (!type.isInstance(value)) {
            throw new MalformedJson(path + name + " is not " + expected);
        }
        return type.cast(value);
    }

    @SuppressWarnings("unchecked") // StrictJson makes no other maps
    private JsonObject object(String name, Map<?, ?> value) {
        return new JsonObject((Map<String, @Nullable Object>) value, path + name + ".");
    }
}
