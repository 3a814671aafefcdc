package io.sekimori.control.socket;

import io.sekimori.trust.RefusalCode;
import io.sekimori.update.Reason;
import java.util.Map;
import java.util.TreeMap;

/** What the gateway says on the socket: any number of {@code progress} and {@code waiting}, then one of the others. */
final class Message {

    static final String EVENT = "event";
    static final String ANSWER = "answer";
    static final String REFUSED = "refused";
    static final String PROGRESS = "progress";
    static final String WAITING = "waiting";
    static final String STARTED = "started";
    static final String MOVED = "moved";

    private Message() {}

    static Map<String, Object> answer(Map<String, ?> members) {
        return of(ANSWER, members);
    }

    static Map<String, Object> of(String event, Map<String, ?> members) {
        Map<String, Object> message = new TreeMap<>(members);
        message.put(EVENT, event);
        return message;
    }

    static Map<String, Object> refused(RefusalCode code, String detail) {
        return of(REFUSED, Map.of("code", code.name(), "detail", detail));
    }

    static Map<String, Object> refused(Reason reason) {
        return of(REFUSED, Map.of("code", reason.code(), "detail", reason.detail()));
    }
}
