package io.sekimori.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.sekimori.audit.AuditEntry.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {

    @Test
    void takesWhatIsWithinItsBounds() {
        AuditEntry entry = entry("a".repeat(200), "config.change-2", "s".repeat(500), "CODE_1", Map.of("k", ""));

        assertThat(entry.detail()).containsEntry("k", "");
    }

    @Test
    void refusesWhatIsTooLongOrEmpty() {
        assertRefused("", "a", "s", "", Map.of());
        assertRefused("a".repeat(201), "a", "s", "", Map.of());
        assertRefused("a", "a".repeat(101), "s", "", Map.of());
        assertRefused("a", "a", "s".repeat(501), "", Map.of());
        assertRefused("a", "a", "s", "C".repeat(101), Map.of());
        assertRefused("a", "a", "s", "", Map.of("", "v"));
        assertRefused("a", "a", "s", "", Map.of("k".repeat(101), "v"));
        assertRefused("a", "a", "s", "", Map.of("k", "v".repeat(2_001)));
    }

    @Test
    void refusesTooManyFacts() {
        Map<String, String> detail = new HashMap<>();
        for (int i = 0; i <= AuditEntry.MAX_DETAILS; i++) {
            detail.put("key" + i, "value");
        }

        assertRefused("a", "a", "s", "", detail);
    }

    @Test
    void refusesMalformedActionsAndCodes() {
        assertRefused("a", "Config", "s", "", Map.of());
        assertRefused("a", "config..change", "s", "", Map.of());
        assertRefused("a", "", "s", "", Map.of());
        assertRefused("a", "a", "s", "lower", Map.of());
    }

    @Test
    void refusesTextThatHasNoUtf8Form() {
        assertRefused("a\uD800", "a", "s", "", Map.of());
        assertRefused("a", "a", "s", "", Map.of("k", "\uDC00"));
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> AuditEntry.of("a", "a", "s", null));
    }

    private static AuditEntry entry(
            String actor, String action, String subject, String reason, Map<String, String> detail) {
        return new AuditEntry(actor, action, subject, Verdict.DONE, reason, detail);
    }

    private static void assertRefused(
            String actor, String action, String subject, String reason, Map<String, String> detail) {
        assertThatIllegalArgumentException().isThrownBy(() -> entry(actor, action, subject, reason, detail));
    }
}
