package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.audit.AuditReceipt;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.web.Body;
import io.sekimori.web.Caller;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see of notices and have done, over the real tables. */
class NoticesResourceTest {

    private final SetClock clock = new SetClock(Instant.parse("2026-11-22T12:00:00Z"));
    private final Notices notices = new Notices(Path.of("unit"), clock, RoundTest.LOG);
    private final NoticesResource resource = new NoticesResource(notices, clock);
    private final List<String> audited = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private String failing = "";

    private final Map<String, Medium> media = Map.of("mail", this::tell, "hook", this::tell);

    private void tell(Notice notice, String address) throws IOException {
        if (!failing.isEmpty() && address.startsWith(failing)) {
            throw new NotToldException(NoticesCode.NOTICE_REFUSED, "550 by test");
        }
        told.add(address + " " + notice.kind());
    }

    @BeforeEach
    void audit() throws Exception {
        resource.audit = entry -> {
            audited.add(entry.actor() + " " + entry.action() + " " + entry.subject());
            return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
        };
        notices.want(RoundTest.settings(true));
        notices.end(); // its own thread looks no more: the test does
    }

    private void turn(Records records, Duration more) throws RecordsException {
        clock.pass(more);
        notices.round().turn(records, notices.settings(), media);
    }

    @OnBothDatabases
    void whatDidNotArriveIsShownWithWhyAndTriedAgainAtOnce(Consoles consoles) throws Exception {
        Records records = consoles.console();
        notices.records = records;
        notices.round().keep(records, notices.settings(), List.of(RoundTest.waits(1)));
        assertThat(items(list()))
                .singleElement()
                .satisfies(one -> assertThat(one)
                        .containsEntry("handedOut", false)
                        .containsEntry("count", 1L)
                        .containsEntry("told", List.of()));
        failing = "https";
        turn(records, Duration.ofMinutes(5));

        Map<String, Object> one = items(list()).get(0);
        assertThat(objects(one, "items"))
                .containsExactly(Map.of("subject", "g-1", "detail", "INSTALL_BY_HAND", "at", "2026-11-22T12:00:00Z"));
        assertThat(objects(one, "told"))
                .satisfiesExactly(
                        hook -> assertThat(hook)
                                .containsEntry("medium", "hook")
                                .containsEntry("to", "https://hook.example/…")
                                .containsEntry("state", "WAITING")
                                .containsEntry("tries", 1L)
                                .containsEntry("code", "NOTICE_REFUSED")
                                .containsEntry("detail", "550 by test")
                                .containsEntry(
                                        "advice",
                                        NoticesCode.advice("NOTICE_REFUSED", Locale.ENGLISH)
                                                .orElseThrow())
                                .containsEntry("last", "2026-11-22T12:05:00Z")
                                .containsEntry("next", "2026-11-22T12:06:00Z"),
                        mail -> assertThat(mail)
                                .containsEntry("to", "a@b.example")
                                .containsEntry("state", "ARRIVED")
                                .doesNotContainKeys("code", "next"));

        failing = "";
        String id = (String) one.get("id");
        assertThat(post("sendNoticeAgain", id, Map.of())).containsEntry("recipients", 1L);
        turn(records, Duration.ZERO);
        assertThat(told).containsExactly("a@b.example WAITS_FOR_PERSON", "https://hook.example/x WAITS_FOR_PERSON");
        assertThat(audited).containsExactly("person:yui notices.again " + id);
        assertRefused(409, NoticesCode.NOTICE_NOT_OPEN, "sendNoticeAgain", id, Map.of());
        assertRefused(404, NoticesCode.NOTICE_UNKNOWN, "sendNoticeAgain", "n-" + "0".repeat(32), Map.of());
    }

    @OnBothDatabases
    void aTestGoesOneWayOnceAMinuteAndIsTriedOnce(Consoles consoles) throws Exception {
        Records records = consoles.console();
        notices.records = records;
        failing = "a@b";

        Object id = post("testNotices", "", Map.of("medium", "mail")).get("id");
        turn(records, Duration.ZERO);

        Map<String, Object> one = items(list()).get(0);
        assertThat(one).containsEntry("id", id).containsEntry("kind", "TEST");
        assertThat(objects(one, "told"))
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail).containsEntry("state", "GIVEN_UP").containsEntry("code", "NOTICE_REFUSED"));
        assertThat(notices.round().oldestUndelivered(records))
                .as("it is no notice that is missed")
                .isEmpty();
        assertRefused(409, NoticesCode.NOTICE_TEST_TOO_SOON, "testNotices", "", Map.of("medium", "mail"));
        post("testNotices", "", Map.of("medium", "hook"));
        turn(records, Duration.ofMinutes(1));
        failing = "";
        post("testNotices", "", Map.of("medium", "mail"));
        turn(records, Duration.ZERO);
        assertThat(told).containsExactly("https://hook.example/x TEST", "a@b.example TEST");
        assertThat(audited).hasSize(4).contains("person:yui notices.test hook");
    }

    @OnBothDatabases
    void pagesBeginBehindTheLastOne(Consoles consoles) throws Exception {
        Records records = consoles.console();
        notices.records = records;
        List<Object> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, post("testNotices", "", Map.of("medium", "mail")).get("id"));
            clock.pass(Duration.ofMinutes(2));
        }

        List<Object> seen = new ArrayList<>();
        Map<String, Object> page = list("limit", "2");
        while (true) {
            items(page).forEach(one -> seen.add(one.get("id")));
            if (!page.containsKey("next")) {
                break;
            }
            page = list("limit", "2", "after", (String) page.get("next"));
        }

        assertThat(seen).isEqualTo(made);
        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> list("after", "1; drop table"))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(WebCode.PARAMETER_INVALID));
    }

    @Test
    void whoIsToldIsShownWithoutSecretsAndTheWayToAWebhook() throws Exception {
        assertThat(post("showNoticeMedia", "", Map.of()))
                .containsEntry("enabled", true)
                .containsEntry("content", "FULL")
                .containsEntry("events", List.of("ATTACK_REPORTED", "WAITS_FOR_PERSON"))
                .containsEntry(
                        "media",
                        List.of(
                                Map.of("medium", "mail", "to", List.of("a@b.example")),
                                Map.of("medium", "hook", "to", List.of("https://hook.example/…"))));
    }

    @OnBothDatabases
    void withoutMediumAuditOrRecordsNothingIsSent(Consoles consoles) throws Exception {
        assertRefused(503, WebCode.PART_ABSENT, "testNotices", "", Map.of("medium", "mail"));
        notices.records = consoles.console();
        assertRefused(409, NoticesCode.NOTICES_OFF, "testNotices", "", Map.of("medium", "pigeon"));
        assertRefused(400, WebCode.BODY_INVALID, "testNotices", "", Map.of());
        resource.audit = null;
        assertRefused(503, WebCode.PART_ABSENT, "testNotices", "", Map.of("medium", "mail"));
        notices.want(Settings.silent());
        assertRefused(409, NoticesCode.NOTICES_OFF, "testNotices", "", Map.of("medium", "mail"));
        assertThat(items(list())).isEmpty();

        notices.records = schema -> {
            throw new RecordsException(RecordsCode.RECORDS_UNREACHABLE, "by test", null);
        };
        assertRefused(503, RecordsCode.RECORDS_UNREACHABLE, "listNotices", "", Map.of());
    }

    @Test
    void whoLooksNeedsViewAndWhoSendsNeedsOperate() {
        assertThat(resource.routes())
                .allSatisfy(route -> assertThat(route.permission())
                        .isEqualTo(route.method() == Route.Method.GET ? Permission.VIEW : Permission.OPERATE));
    }

    private Map<String, Object> list(String... query) throws WebException {
        Request request = request("listNotices");
        for (int i = 0; i < query.length; i += 2) {
            request = request.where(query[i], query[i + 1]);
        }
        return json(request);
    }

    private Map<String, Object> post(String route, String id, Map<String, Object> members) throws WebException {
        return json(request(route).at("id", id).sending(members));
    }

    private Request request(String name) {
        Route route = resource.routes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Request.of(route, new Caller.Person("yui", "s1", Set.of(Permission.VIEW, Permission.OPERATE)));
    }

    private void assertRefused(int status, Enum<?> code, String route, String id, Map<String, Object> members) {
        assertThatExceptionOfType(WebException.class)
                .isThrownBy(() -> post(route, id, members))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(code);
                    assertThat(e.problem().status()).isEqualTo(status);
                });
    }

    @SuppressWarnings("unchecked") // what the resource makes
    private Map<String, Object> json(Request request) throws WebException {
        return (Map<String, Object>) ((Body.Json) resource.handle(request).body()).value();
    }

    private static List<Map<String, Object>> items(Map<String, Object> page) {
        return objects(page, "items");
    }

    @SuppressWarnings("unchecked") // what the resource makes
    private static List<Map<String, Object>> objects(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) json.get(name);
    }
}
