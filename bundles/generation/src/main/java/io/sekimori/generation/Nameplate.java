package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the maker put on the unit: {@code trust/unit.json}.
 *
 * @param model as in release metadata and assignments
 * @param serial 1 to 64 of {@code A-Z a-z 0-9 . _ -}
 */
public record Nameplate(String model, String serial) {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");
    private static final Pattern SERIAL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException if a part is malformed */
    public Nameplate {
        if (!MODEL.matcher(model).matches() || !SERIAL.matcher(serial).matches()) {
            throw new IllegalArgumentException("model or serial is malformed");
        }
    }

    /** Reads the bytes of the file. */
    public static Nameplate parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        return Format.checked(() -> new Nameplate(json.string("model"), json.string("serial")));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of("format", 1L, "model", model, "serial", serial));
    }
}
