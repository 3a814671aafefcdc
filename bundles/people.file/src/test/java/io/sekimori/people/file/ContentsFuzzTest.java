package io.sekimori.people.file;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.MalformedJson;

/** Whatever the file holds, reading it ends with people or a refusal. */
class ContentsFuzzTest {

    @FuzzTest
    void aFileIsWholeOrIsRefused(FuzzedDataProvider data) {
        try {
            Contents contents = ContentsJson.parse(data.consumeRemainingAsBytes());
            if (!ContentsJson.parse(ContentsJson.bytes(contents)).equals(contents)) {
                throw new IllegalStateException("contents that change when they are written");
            }
        } catch (MalformedJson e) {
            if (e.getMessage() == null) {
                throw new IllegalStateException("a refusal without words", e);
            }
        }
    }
}
