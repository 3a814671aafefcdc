package io.sekimori.cli;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.chain.ChainFiles;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekimori audit}: reads and checks a unit's audit on the disk, beside a running gateway or without one. */
@Command(name = "audit")
final class AuditCommand implements Runnable {

    static final String WRITER = "io.sekimori.audit.chain";

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "verify")
    int verify(@Mixin UnitOption place, @Mixin JsonOption json) throws Failure {
        AuditVerification found = new ChainFiles(place.of(shell).data(WRITER)).verify();
        if (json.wanted()) {
            shell.json(document(found));
        } else if (found instanceof AuditVerification.Intact intact && intact.records() == 0) {
            shell.tell("audit.empty");
        } else if (found instanceof AuditVerification.Intact intact) {
            shell.tell("audit.intact", intact.records(), intact.firstSequence(), intact.lastSequence());
            if (!intact.lastHash().isEmpty()) {
                shell.tell("audit.last", intact.lastHash());
            }
        } else if (found instanceof AuditVerification.Broken broken) {
            throw new Failure(
                    ExitCode.REFUSED,
                    "AUDIT_BROKEN",
                    broken.code(),
                    broken.file(),
                    broken.line(),
                    broken.detail(),
                    broken.lastGoodSequence());
        }
        return (found instanceof AuditVerification.Intact ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    @Command(name = "show")
    int show(
            @Mixin UnitOption place,
            @Mixin JsonOption json,
            @Option(names = "--from", paramLabel = "N", descriptionKey = "audit.from") Long from,
            @Option(names = "--limit", paramLabel = "N", descriptionKey = "audit.limit", defaultValue = "20") int limit)
            throws Failure {
        ChainFiles chain = new ChainFiles(place.of(shell).data(WRITER));
        if (limit < 1 || limit > 10_000 || from != null && from < 1) {
            throw new Failure(ExitCode.USAGE, "AUDIT_RANGE");
        }
        long first = from == null ? Math.max(1, last(chain) - limit + 1) : from;
        List<AuditRecord> records;
        try {
            records = chain.read(first, limit);
        } catch (AuditException e) {
            throw new Failure(ExitCode.REFUSED, "AUDIT_UNREADABLE", e.getMessage()).because(e);
        }
        if (json.wanted()) {
            shell.json(Map.of(
                    "records", records.stream().map(AuditCommand::document).toList()));
        } else if (records.isEmpty() && from == null) {
            shell.tell("audit.empty");
        } else {
            records.forEach(record -> shell.say(line(record)));
        }
        return ExitCode.OK.number();
    }

    private static long last(ChainFiles chain) {
        AuditVerification found = chain.verify();
        if (found instanceof AuditVerification.Intact intact) {
            return intact.lastSequence();
        }
        return ((AuditVerification.Broken) found).lastGoodSequence();
    }

    private static String line(AuditRecord record) {
        return String.format(
                "%6d  %s  %-8s %-28s %s  %s%s",
                record.receipt().sequence(),
                record.receipt().at(),
                record.entry().verdict(),
                record.entry().action(),
                record.entry().subject(),
                record.entry().actor(),
                record.entry().reason().isEmpty() ? "" : "  " + record.entry().reason());
    }

    /** What a check found, as {@code --json} shows it. */
    static Map<String, Object> document(AuditVerification found) {
        Map<String, Object> document = new TreeMap<>();
        if (found instanceof AuditVerification.Intact intact) {
            document.put("intact", true);
            document.put("records", intact.records());
            document.put("firstSequence", intact.firstSequence());
            document.put("lastSequence", intact.lastSequence());
            document.put("lastHash", intact.lastHash());
            document.put("unfinishedBytes", intact.unfinishedBytes());
        } else if (found instanceof AuditVerification.Broken broken) {
            document.put("intact", false);
            document.put("code", broken.code().name());
            document.put("file", broken.file());
            document.put("line", broken.line());
            document.put("lastGoodSequence", broken.lastGoodSequence());
            document.put("detail", broken.detail());
        }
        return document;
    }

    private static Map<String, Object> document(AuditRecord record) {
        Map<String, Object> document = new TreeMap<>();
        document.put("sequence", record.receipt().sequence());
        document.put("at", record.receipt().at().toString());
        document.put("hash", record.receipt().hash());
        document.put("actor", record.entry().actor());
        document.put("action", record.entry().action());
        document.put("subject", record.entry().subject());
        document.put("verdict", record.entry().verdict().name());
        document.put("reason", record.entry().reason());
        document.put("detail", record.entry().detail());
        return document;
    }
}
