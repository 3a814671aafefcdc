package io.sekimori.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON for files and people: valid, indented, names sorted, a line feed at the end, and the same bytes for the same
 * value every time. {@link JsonObject} reads it back. Thread-safe.
 */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();
    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private JsonText() {}

    /**
     * The file's bytes, UTF-8.
     *
     * @param value of String, Long, Integer, Boolean, null, and Map and List of these
     * @throws IllegalArgumentException for any other type
     */
    public static byte[] bytes(Map<String, ?> value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
            write(value, generator);
            generator.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Long number) {
            out.writeNumber(number.longValue());
        } else if (value instanceof Integer number) {
            out.writeNumber(number.intValue());
        } else if (value instanceof String text) {
            out.writeString(text);
        } else if (value instanceof Map<?, ?> map) {
            members(map, out);
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object element : list) {
                write(element, out);
            }
            out.writeEndArray();
        } else {
            throw new IllegalArgumentException(
                    "not a JSON value: " + value.getClass().getName());
        }
    }

    private static void members(Map<?, ?> map, JsonGenerator out) throws IOException {
        Map<String, @Nullable Object> sorted = new TreeMap<>(CanonicalJson.BY_CODE_POINT);
        map.forEach((name, value) -> sorted.put((String) name, value));
        out.writeStartObject();
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            out.writeFieldName(member.getKey());
            write(member.getValue(), out);
        }
        out.writeEndObject();
    }
}
