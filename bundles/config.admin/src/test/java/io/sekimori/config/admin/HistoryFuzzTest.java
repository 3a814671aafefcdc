package io.sekimori.config.admin;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.TreeMap;

/** Whatever the file of a version holds, reading it ends with a version or a refusal. */
class HistoryFuzzTest {

    @FuzzTest
    void aFileIsAVersionOrIsRefused(FuzzedDataProvider data) {
        read(data.consumeRemainingAsBytes());
    }

    @FuzzTest
    void aFileWithAChecksumThatFitsIsAVersionOrIsRefused(FuzzedDataProvider data) {
        Map<String, Object> file;
        try {
            file = new TreeMap<>(
                    JsonObject.parse(data.consumeRemainingAsBytes()).asMap());
        } catch (MalformedJson e) {
            return;
        }
        file.remove("sha256");
        file.put("sha256", VersionJson.checksum(file));
        read(JsonText.bytes(file));
    }

    private static void read(byte[] file) {
        try {
            Version version = VersionJson.parse(file);
            if (!VersionJson.parse(VersionJson.encode(version)).equals(version)) {
                throw new IllegalStateException("a version that changes when it is written");
            }
        } catch (MalformedJson e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("a refusal without words", e);
            }
        }
    }
}
