package io.sekimori.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that has exactly one meaning: well-formed UTF-8, no duplicate names, integers of 64 bits and nothing
 * else that counts, at most {@value #MAX_DEPTH} levels and {@value #MAX_VALUES} values, nothing after the closing
 * brace. Thread-safe.
 */
final class StrictJson {

    static final int MAX_DEPTH = 32;

    /**
     * An empty object takes two bytes to send and a hundred to hold, and what is parsed here nobody has signed yet: a
     * pack of a few megabytes must not take the heap of a gateway. A release takes about fourteen values.
     */
    static final int MAX_VALUES = 400_000;

    private static final int MAX_NUMBER_CHARS = 20;
    private static final int MAX_NAME_CHARS = 2_048;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxStringLength(JsonObject.MAX_BYTES)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            // Buffers kept in thread locals would hold the class loader of a bundle that was swapped out.
            .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
            .build();

    private final JsonParser parser;
    private int values;

    private StrictJson(JsonParser parser) {
        this.parser = parser;
    }

    static Map<String, @Nullable Object> read(byte[] utf8, int maxBytes) throws MalformedJson {
        if (utf8.length > maxBytes) {
            throw new MalformedJson("longer than " + maxBytes + " bytes");
        }
        try (JsonParser parser = FACTORY.createParser(decode(utf8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedJson("not a JSON object");
            }
            Map<String, @Nullable Object> object = new StrictJson(parser).object();
            if (parser.nextToken() != null) {
                throw new MalformedJson("something follows the closing brace");
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new MalformedJson(where(e), e);
        } catch (IOException e) {
            throw new MalformedJson("unreadable", e);
        }
    }

    // A decoder of our own: Jackson would guess UTF-16 and UTF-32 and would let ill-formed UTF-8 pass in places.
    private static String decode(byte[] utf8) throws MalformedJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedJson("not UTF-8", e);
        }
    }

    private Map<String, @Nullable Object> object() throws IOException, MalformedJson {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = text(parser.currentName());
            parser.nextToken();
            members.put(name, value());
        }
        return Collections.unmodifiableMap(members);
    }

    private List<@Nullable Object> array() throws IOException, MalformedJson {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return Collections.unmodifiableList(elements);
    }

    private @Nullable Object value() throws IOException, MalformedJson {
        if (++values > MAX_VALUES) {
            throw new MalformedJson("more than " + MAX_VALUES + " values");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new MalformedJson("ends in the middle");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new MalformedJson("only whole numbers are allowed" + line());
        };
    }

    // An unpaired surrogate has no UTF-8 form, so two different texts would be signed as the same bytes.
    private static String text(String text) throws MalformedJson {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new MalformedJson("an unpaired surrogate in a string");
        }
        return text;
    }

    private String line() {
        return " (line " + parser.currentTokenLocation().getLineNr() + ")";
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null
                ? e.getOriginalMessage()
                : e.getOriginalMessage() + " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
