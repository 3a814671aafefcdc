package io.sekimori.cli.console;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import io.sekimori.cli.AuditSource;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A console's audit, asked for by REST. */
final class ConsoleAudit implements AuditSource {

    private static final String PATH = "/v1/audit";
    private static final int PAGE = 500;

    private final ConsoleClient console;

    ConsoleAudit(ConsoleClient console) {
        this.console = console;
    }

    @Override
    public Part read(long from, int limit, Map<String, String> wanted) throws IOException, Failure {
        Map<String, String> words = new TreeMap<>(wanted);
        words.put("after", Long.toString(from - 1));
        words.put("limit", Integer.toString(Math.min(limit, PAGE)));
        ConsoleClient.Answer answer = console.get(PATH + Groups.query(words));
        try {
            List<AuditRecord> records = new ArrayList<>();
            for (JsonObject item : answer.json().objects("items")) {
                records.add(record(item));
            }
            Optional<String> next = answer.json().optionalString("next");
            return new Part(
                    records, next.isPresent() ? OptionalLong.of(Long.parseLong(next.get()) + 1) : OptionalLong.empty());
        } catch (MalformedJson | IllegalArgumentException | DateTimeException e) {
            throw notUnderstood(answer.status(), PATH, e);
        }
    }

    @Override
    public AuditVerification verify() throws IOException, Failure {
        String path = PATH + "/verification";
        ConsoleClient.Answer answer = console.get(path);
        try {
            JsonObject json = answer.json();
            if (json.bool("intact")) {
                return new AuditVerification.Intact(
                        json.number("firstSequence"),
                        json.number("lastSequence"),
                        json.string("lastHash"),
                        json.number("records"),
                        json.number("unfinishedBytes"));
            }
            return new AuditVerification.Broken(
                    AuditCode.valueOf(json.string("code")),
                    json.string("file"),
                    json.number("line"),
                    json.number("lastGoodSequence"),
                    json.string("detail"));
        } catch (MalformedJson | IllegalArgumentException e) {
            throw notUnderstood(answer.status(), path, e);
        }
    }

    private static AuditRecord record(JsonObject json) throws MalformedJson {
        Map<String, String> detail = new TreeMap<>();
        JsonObject facts = json.object("detail");
        for (String name : facts.names()) {
            detail.put(name, facts.string(name));
        }
        return new AuditRecord(
                new AuditReceipt(json.number("sequence"), Instant.parse(json.string("time")), json.string("hash")),
                new AuditEntry(
                        json.string("actor"),
                        json.string("action"),
                        json.string("subject"),
                        AuditEntry.Verdict.valueOf(json.string("verdict")),
                        json.string("reason"),
                        detail));
    }

    private static Failure notUnderstood(int status, String path, Exception cause) {
        return new Failure(ExitCode.FAILED, "CONSOLE_ANSWER", status, path).because(cause);
    }
}
