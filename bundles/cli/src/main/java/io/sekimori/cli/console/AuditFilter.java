package io.sekimori.cli.console;

import io.sekimori.audit.AuditEntry.Verdict;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which audit records: conditions that must all hold, those of {@code /v1/audit}. */
final class AuditFilter {

    @Option(names = "--actor", paramLabel = "TEXT", descriptionKey = "audit.actor")
    private Optional<String> actor = Optional.empty();

    @Option(names = "--action", paramLabel = "TEXT", descriptionKey = "audit.action")
    private Optional<String> action = Optional.empty();

    @Option(names = "--subject", paramLabel = "TEXT", descriptionKey = "audit.subject")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", descriptionKey = "audit.reason")
    private Optional<String> reason = Optional.empty();

    @Option(names = "--verdict", paramLabel = "VERDICT", descriptionKey = "audit.verdict")
    private Optional<Verdict> verdict = Optional.empty();

    Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        actor.ifPresent(text -> words.put("actor", text));
        action.ifPresent(text -> words.put("action", text));
        subject.ifPresent(text -> words.put("subject", text));
        reason.ifPresent(text -> words.put("reason", text));
        verdict.ifPresent(one -> words.put("verdict", one.name()));
        return words;
    }
}
