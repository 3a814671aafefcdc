package io.sekimori.cli;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TufKey;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where to find a key that lies in a token, and its public half; there is nothing secret in it.
 *
 * @param module the library that speaks to the token
 * @param slot   its place in the library's list of slots, from 0
 * @param alias  its name in the token
 * @param open   the public half
 */
record TokenKeyFile(Path module, int slot, String alias, TufKey open) {

    private static final String FORMAT = "sekimori-token-key";
    private static final int MOST_SLOTS = 1_000;

    byte[] bytes() {
        return JsonText.bytes(Map.of(
                "format",
                FORMAT,
                "version",
                1L,
                "module",
                module.toString(),
                "slot",
                (long) slot,
                "alias",
                alias,
                "public",
                open.json()));
    }

    /** Whether a key file is of this kind. */
    static boolean is(byte[] file) {
        try {
            return EncryptedKey.is(file)
                    && JsonObject.parse(file, EncryptedKey.MAX_BYTES)
                            .string("format")
                            .equals(FORMAT);
        } catch (MalformedJson e) {
            return false; // who reads it as another kind says what is wrong with it
        }
    }

    static TokenKeyFile parse(byte[] file) throws MalformedJson {
        JsonObject json = JsonObject.parse(file, EncryptedKey.MAX_BYTES);
        long slot = json.number("slot");
        if (json.number("version") != 1 || slot < 0 || slot > MOST_SLOTS) {
            throw new MalformedJson("not a key in a token, of a version that is known here");
        }
        return new TokenKeyFile(
                Path.of(json.string("module")), (int) slot, json.string("alias"), TufKey.parse(json.object("public")));
    }
}
