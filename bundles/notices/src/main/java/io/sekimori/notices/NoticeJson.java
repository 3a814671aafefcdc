package io.sekimori.notices;

import io.sekimori.notices.SentRows.Seen;
import io.sekimori.notices.SentRows.Sent;
import io.sekimori.notices.SentRows.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How notices are shown. What is absent has no member. Stateless. */
final class NoticeJson {

    private NoticeJson() {}

    /** What programs are told. */
    static Map<String, Object> told(Notice notice) {
        return Map.of(
                "id", notice.id(),
                "kind", notice.kind().name(),
                "at", notice.at().toString(),
                "count", (long) notice.count(),
                "items",
                        notice.facts().stream()
                                .map(fact -> Map.of("subject", fact.subject(), "detail", fact.detail()))
                                .toList());
    }

    /** Who is told of what, as it is configured. */
    static Map<String, Object> of(Settings settings) {
        Map<String, Object> json = new TreeMap<>();
        json.put("enabled", settings.enabled());
        json.put("content", settings.full() ? "FULL" : "BRIEF");
        json.put("language", settings.language().getLanguage());
        json.put("events", settings.kinds().stream().map(Kind::name).sorted().toList());
        List<Map<String, Object>> media = new ArrayList<>();
        for (String medium : List.of(Recipient.MAIL, Recipient.HOOK, Recipient.MQTT)) {
            List<String> to = settings.recipients().stream()
                    .map(Recipient::of)
                    .filter(each -> each.medium().equals(medium))
                    .map(Recipient::shown)
                    .toList();
            if (!to.isEmpty()) {
                media.add(Map.of("medium", medium, "to", to));
            }
        }
        json.put("media", media);
        return json;
    }

    static Map<String, Object> of(Sent sent, Locale language) {
        Map<String, Object> json = new TreeMap<>();
        json.put("id", sent.id());
        json.put("kind", sent.kind());
        json.put("begun", sent.begun().toString());
        json.put("ready", sent.ready().toString());
        json.put("handedOut", sent.handedOut());
        json.put("count", (long) sent.count());
        json.put("items", sent.facts().stream().map(NoticeJson::of).toList());
        json.put("told", sent.told().stream().map(told -> of(told, language)).toList());
        return json;
    }

    private static Map<String, Object> of(Seen fact) {
        return Map.of(
                "subject",
                fact.subject(),
                "detail",
                fact.detail(),
                "at",
                fact.at().toString());
    }

    private static Map<String, Object> of(Told told, Locale language) {
        Map<String, Object> json = new TreeMap<>();
        json.put("medium", told.to().medium());
        json.put("to", told.to().shown());
        json.put("state", told.state());
        json.put("tries", (long) told.tries());
        told.last().ifPresent(last -> json.put("last", last.toString()));
        if (told.state().equals("WAITING")) {
            json.put("next", told.next().toString());
        }
        if (!told.code().isEmpty()) {
            json.put("code", told.code());
            json.put("detail", told.problem());
            NoticesCode.advice(told.code(), language).ifPresent(advice -> json.put("advice", advice));
        }
        return json;
    }
}
