package io.sekimori.config.admin;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.MalformedJson;

/** Whatever the file of a version holds, reading it ends with a version or a refusal. */
class HistoryFuzzTest {

    @FuzzTest
    void aFileIsAVersionOrIsRefused(FuzzedDataProvider data) {
        try {
            Version version = VersionJson.parse(data.consumeRemainingAsBytes());
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
