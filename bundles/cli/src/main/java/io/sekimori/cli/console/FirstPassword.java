package io.sekimori.cli.console;

import io.sekimori.access.people.FirstPerson;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.chain.ChainFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the first person still has the one-time password, as the audit on the disk tells. Stateless. */
final class FirstPassword {

    private static final Set<String> SPENT =
            Set.of("access.password.change", "access.password.reset", "access.person.remove");
    private static final int STEP = 1_000;

    private FirstPassword() {}

    /**
     * The first person, if nobody has chosen another password for them yet; empty also if the audit no longer says.
     *
     * @param audit the folder of the chain
     */
    static Optional<String> unspent(Path audit) {
        ChainFiles chain = new ChainFiles(audit);
        Optional<String> first = Optional.empty();
        long next = 1;
        try {
            while (true) {
                List<AuditRecord> records = chain.read(next, STEP);
                for (AuditRecord record : records) {
                    AuditEntry entry = record.entry();
                    if (first.isEmpty() && isFirst(entry)) {
                        first = Optional.of(entry.subject());
                    } else if (first.isPresent() && isSpent(entry, first.get())) {
                        return Optional.empty();
                    }
                    next = record.receipt().sequence() + 1;
                }
                if (records.size() < STEP) {
                    return first;
                }
            }
        } catch (AuditException e) {
            // "sekimori audit verify" says what is wrong with it; a hint is not worth a refusal.
            return Optional.empty();
        }
    }

    private static boolean isFirst(AuditEntry entry) {
        return entry.action().equals(FirstPerson.ACTION) && entry.verdict() == Verdict.ALLOWED;
    }

    private static boolean isSpent(AuditEntry entry, String person) {
        return SPENT.contains(entry.action())
                && entry.verdict() == Verdict.ALLOWED
                && entry.subject().equals(person);
    }
}
