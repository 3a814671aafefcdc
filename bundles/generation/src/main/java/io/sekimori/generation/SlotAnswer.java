package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import java.util.Map;

/**
 * What became of a {@link SlotRequest}: {@code slots/.helper/answer.json}.
 *
 * @param id of the request; empty if it could not be read
 * @param code {@link #INSTALLED}, or why it was refused
 * @param detail the slot, or what the refusal is about
 */
public record SlotAnswer(String id, String code, String detail) {

    /** The slot is there, whole. */
    public static final String INSTALLED = "INSTALLED";

    /** The longest answer that is read. */
    public static final int MAX_BYTES = 64 * 1024;

    /** The slot is there. */
    public static SlotAnswer installed(String id, String slot) {
        return new SlotAnswer(id, INSTALLED, slot);
    }

    /** It was refused, and nothing was changed. */
    public static SlotAnswer refused(String id, Refusal refusal) {
        return new SlotAnswer(id, refusal.code().name(), refusal.detail());
    }

    /** Reads the bytes of the file. */
    public static SlotAnswer parse(byte[] utf8) throws MalformedJson {
        JsonObject json = Format.require(utf8, 1);
        return new SlotAnswer(json.string("id"), json.string("code"), json.string("detail"));
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        return JsonText.bytes(Map.of("format", 1L, "id", id, "code", code, "detail", detail));
    }
}
