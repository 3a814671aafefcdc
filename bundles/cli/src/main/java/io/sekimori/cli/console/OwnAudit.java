package io.sekimori.cli.console;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.chain.ChainAuditLog;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import java.util.Map;

/** What is done to a console that does not run, in the audit of its unit. Stateless. */
final class OwnAudit {

    private OwnAudit() {}

    /** Whoever gives the command, as the audit calls them. */
    static String actor() {
        return "local:" + System.getProperty("user.name");
    }

    /** Records that it is about to be done; what is not recorded is not done. */
    static void record(ConsoleHome home, String action, Map<String, String> detail) throws Failure {
        try (ChainAuditLog audit = ChainAuditLog.ofUnit(home.unit())) {
            audit.append(new AuditEntry(actor(), action, "console", Verdict.ALLOWED, "", detail));
        } catch (AuditException e) {
            throw new Failure(ExitCode.FAILED, e.code().name(), String.valueOf(e.getMessage())).because(e);
        }
    }
}
