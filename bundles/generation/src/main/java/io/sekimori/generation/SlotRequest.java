package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The runtime's request that the slot of a staged generation be brought in: {@code run/slot-request.json}. It says only
 * where to look: whoever carries it out believes the signed evidence there.
 *
 * @param id tells this request from others, 1 to 64 of {@code A-Z a-z 0-9 -}
 * @param generation the staged generation
 */
public record SlotRequest(String id, int generation) {

    /** The longest request that is read. */
    public static final int MAX_BYTES = 1024;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /** @throws IllegalArgumentException if a part is malformed */
    public SlotRequest {
        Generation.requireNumber(generation);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not the id of a request");
        }
    }

    /** Reads the bytes of the file. */
    public static SlotRequest parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        return Format.checked(() -> new SlotRequest(json.string("id"), Format.integer(json, "generation")));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of("format", 1L, "id", id, "generation", (long) generation));
    }
}
