package io.sekimori.notices;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.lasting.Lasting;
import io.sekimori.notices.SentRows.After;
import io.sekimori.notices.SentRows.Sent;
import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import io.sekimori.web.Accepts;
import io.sekimori.web.Page;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.Route.Method;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * {@code /v1/notices}: what was told, what did not arrive and why; a test, and once more what did not arrive. Of a webhook
 * nobody sees more than its server. Thread-safe.
 */
@Component(service = Resource.class)
public final class NoticesResource implements Resource {

    private static final int MOST_JSON = 4 << 10;

    private static final Route LIST = Route.of(
                    "listNotices", Method.GET, "/v1/notices", Permission.VIEW, "Notices, the newest first")
            .paged()
            .answering(200, Accepts.JSON, "A page: each with to whom it went, and why it did not arrive");
    private static final Route MEDIA = Route.of(
                    "showNoticeMedia",
                    Method.GET,
                    "/v1/notices/media",
                    Permission.VIEW,
                    "Who is told of what, and in which way")
            .answering(200, Accepts.JSON, "What is configured, without secrets");
    private static final Route TEST = Route.of(
                    "testNotices", Method.POST, "/v1/notices/tests", Permission.OPERATE, "Sends a test in one way")
            .accepting(Accepts.json(MOST_JSON))
            .answering(202, Accepts.JSON, "The id of the notice; the list says whether it arrived");
    private static final Route AGAIN = Route.of(
                    "sendNoticeAgain",
                    Method.POST,
                    "/v1/notices/{id}/again",
                    Permission.OPERATE,
                    "Sends it at once to all whom it did not reach")
            .accepting(Accepts.json(MOST_JSON))
            .answering(202, Accepts.JSON, "How many they are");

    private final Notices notices;
    private final Clock clock;

    // Dynamic, so that swaps of others do not take this away. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable AuditLog audit;

    private volatile @Nullable AuditLog auditAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public NoticesResource(@Reference Notices notices) {
        this(notices, Clock.systemUTC());
    }

    NoticesResource(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        auditAtEnd = audit;
    }

    @Override
    public List<Route> routes() {
        return List.of(LIST, MEDIA, TEST, AGAIN);
    }

    @Override
    public Response handle(Request request) throws WebException {
        String name = request.route().name();
        if (name.equals(MEDIA.name())) {
            return Response.json(NoticeJson.of(notices.settings()));
        }
        try {
            Database database = Round.database(notices.records()
                    .orElseThrow(() ->
                            new WebException(new Problem(503, WebCode.PART_ABSENT, "the records are not there"))));
            if (name.equals(LIST.name())) {
                return list(database, request);
            }
            return name.equals(TEST.name()) ? test(database, request) : again(database, request);
        } catch (RecordsException e) {
            throw new WebException(new Problem(503, e.code(), "the records do not answer"), e);
        }
    }

    private static Response list(Database database, Request request) throws WebException, RecordsException {
        Page part = Page.of(request);
        After after;
        try {
            after = After.of(part.after());
        } catch (IllegalArgumentException e) {
            throw new WebException(new Problem(400, WebCode.PARAMETER_INVALID, String.valueOf(e.getMessage())), e);
        }
        List<Sent> found = database.read(connection -> SentRows.page(connection, after, part.limit()));
        return Response.page(
                found.stream()
                        .map(sent -> NoticeJson.of(sent, request.language()))
                        .toList(),
                found.size() < part.limit()
                        ? Optional.empty()
                        : Optional.of(found.get(found.size() - 1).key()));
    }

    private Response test(Database database, Request request) throws WebException, RecordsException {
        request.json().allow("medium");
        String medium = request.json().text("medium");
        Settings settings = notices.settings();
        List<String> recipients = settings.recipients().stream()
                .filter(each -> Recipient.of(each).medium().equals(medium))
                .toList();
        if (!settings.enabled() || recipients.isEmpty()) {
            throw refused(NoticesCode.NOTICES_OFF, "nobody is told in this way");
        }
        record(request, "notices.test", medium);
        String id = notices.round().id();
        String who = request.caller().actor();
        Instant now = clock.instant();
        if (!database.write(connection -> AskedRows.test(connection, id, medium, recipients, who, now))) {
            throw refused(NoticesCode.NOTICE_TEST_TOO_SOON, "one was sent less than a minute ago");
        }
        notices.soon();
        return Response.json(202, Map.of("id", id));
    }

    private Response again(Database database, Request request) throws WebException, RecordsException {
        request.json().allow();
        String id = request.path("id");
        if (!database.read(connection -> AskedRows.exists(connection, id))) {
            throw new WebException(new Problem(404, NoticesCode.NOTICE_UNKNOWN, "there is no such notice"));
        }
        record(request, "notices.again", id);
        Instant now = clock.instant();
        int recipients = database.write(connection -> AskedRows.again(connection, id, now));
        if (recipients == 0) {
            throw refused(NoticesCode.NOTICE_NOT_OPEN, "nothing of it waits to be sent again");
        }
        notices.soon();
        return Response.json(202, Map.of("recipients", (long) recipients));
    }

    private static WebException refused(NoticesCode code, String detail) {
        return new WebException(new Problem(409, code, detail));
    }

    /** Who asked for what, before it is done. */
    private void record(Request request, String action, String subject) throws WebException {
        AuditLog log = Lasting.of(audit, auditAtEnd);
        if (log == null) {
            throw new WebException(new Problem(503, WebCode.PART_ABSENT, "no audit is there"));
        }
        try {
            log.append(new AuditEntry(
                    request.caller().actor(),
                    action,
                    subject,
                    Verdict.ALLOWED,
                    "",
                    Map.of("from", request.peer().address())));
        } catch (AuditException e) {
            throw new WebException(new Problem(503, e.code(), "the audit cannot be written"), e);
        }
    }
}
