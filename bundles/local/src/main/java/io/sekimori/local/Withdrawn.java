package io.sekimori.local;

import io.sekimori.update.TakenBack;
import io.sekimori.update.UpdateException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people took back of their approvals, as this gateway remembers it, for the page. Stateless. */
final class Withdrawn {

    private static final int MOST = 100;

    private Withdrawn() {}

    /** The latest of them and how many there are; nothing of either where nobody knows, as while the engine is swapped. */
    static Map<String, Object> json(@Nullable TakenBack memory) {
        if (memory == null) {
            return Map.of();
        }
        try {
            List<TakenBack.Remembered> all = memory.remembered();
            return Map.of(
                    "takenBackCount",
                    all.size(),
                    "takenBack",
                    all.stream().limit(MOST).map(Withdrawn::json).toList());
        } catch (UpdateException e) {
            return Map.of("takenBackUnreadable", e.reason().code());
        }
    }

    private static Map<String, Object> json(TakenBack.Remembered one) {
        return Map.of(
                "group", one.group(),
                "key", one.keyId(),
                "content", one.content(),
                "until", one.until().toString());
    }
}
