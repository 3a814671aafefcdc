package io.sekimori.cli.console;

import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import io.sekimori.cli.AuditSource;
import io.sekimori.cli.AuditText;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.RootCommand;
import io.sekimori.cli.Shell;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekimori audit}: reads and checks an audit, that of a unit on this machine or that of a console. */
@Command(name = "audit")
public final class AuditCommand implements Runnable {

    private static final int MOST = 10_000;

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    /** The command in this shell. */
    public AuditCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "verify")
    int verify(@Mixin AuditOptions place, @Mixin JsonOption json) throws IOException, Failure {
        AuditVerification found = place.source(shell).verify();
        if (json.wanted()) {
            shell.json(AuditText.document(found));
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
            @Mixin AuditOptions place,
            @Mixin AuditFilter filter,
            @Mixin JsonOption json,
            @Option(names = "--from", paramLabel = "N", descriptionKey = "audit.from") Optional<Long> from,
            @Option(names = "--limit", paramLabel = "N", descriptionKey = "audit.limit", defaultValue = "20") int limit)
            throws IOException, Failure {
        if (limit < 1 || limit > MOST || from.isPresent() && from.get() < 1) {
            throw new Failure(ExitCode.USAGE, "AUDIT_RANGE");
        }
        AuditSource source = place.source(shell);
        Map<String, String> wanted = filter.words();
        Deque<AuditRecord> records = from.isPresent()
                ? first(source, from.get(), limit, wanted)
                : newest(source, begin(source, limit, wanted), limit, wanted);
        if (json.wanted()) {
            shell.json(
                    Map.of("records", records.stream().map(AuditText::document).toList()));
        } else if (records.isEmpty() && from.isEmpty()) {
            shell.tell(wanted.isEmpty() ? "audit.empty" : "audit.noMatch");
        } else {
            records.forEach(record -> shell.say(AuditText.line(record)));
        }
        return ExitCode.OK.number();
    }

    private static Deque<AuditRecord> first(AuditSource source, long from, int limit, Map<String, String> wanted)
            throws IOException, Failure {
        Deque<AuditRecord> records = new ArrayDeque<>();
        OptionalLong next = OptionalLong.of(from);
        while (next.isPresent() && records.size() < limit) {
            AuditSource.Part part = source.read(next.getAsLong(), limit - records.size(), wanted);
            records.addAll(part.records());
            next = part.next();
        }
        return records;
    }

    private static Deque<AuditRecord> newest(AuditSource source, long from, int limit, Map<String, String> wanted)
            throws IOException, Failure {
        Deque<AuditRecord> records = new ArrayDeque<>();
        OptionalLong next = OptionalLong.of(from);
        while (next.isPresent()) {
            AuditSource.Part part = source.read(next.getAsLong(), MOST, wanted);
            for (AuditRecord record : part.records()) {
                records.add(record);
                if (records.size() > limit) {
                    records.remove();
                }
            }
            next = part.next();
        }
        return records;
    }

    /** Where to begin for the newest: those that match something may lie anywhere. */
    private static long begin(AuditSource source, int limit, Map<String, String> wanted) throws IOException, Failure {
        if (!wanted.isEmpty()) {
            return 1;
        }
        AuditVerification found = source.verify();
        long last = found instanceof AuditVerification.Intact intact
                ? intact.lastSequence()
                : ((AuditVerification.Broken) found).lastGoodSequence();
        return Math.max(1, last - limit + 1);
    }
}
