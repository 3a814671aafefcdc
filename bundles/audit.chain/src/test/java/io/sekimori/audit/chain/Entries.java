package io.sekimori.audit.chain;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Entries for tests. */
final class Entries {

    private static final String LETTERS = "aZ09 \"\\/\n\r\t\u0000\u007f\u0085\u2028é関守\uD83D\uDE00";

    private Entries() {}

    static AuditEntry entry(String subject) {
        return AuditEntry.of("test", "config.change", subject, Verdict.DONE);
    }

    static AuditEntry random(Random random) {
        Map<String, String> detail = new HashMap<>();
        int facts = random.nextInt(5);
        for (int i = 0; i < facts; i++) {
            detail.put(text(random, 1, 20), text(random, 0, 60));
        }
        Verdict verdict = Verdict.values()[random.nextInt(Verdict.values().length)];
        return new AuditEntry(text(random, 1, 40), "a.b-c", text(random, 1, 80), verdict, "CODE_1", detail);
    }

    private static String text(Random random, int least, int most) {
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        int length = least + random.nextInt(most - least + 1);
        while (text.length() < length) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.length() <= most ? text.toString() : "x".repeat(length);
    }
}
