package io.sekimori.cli.console;

import io.sekimori.cli.AuditSource;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.cli.UnitAudit;
import io.sekimori.cli.UnitOption;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whose audit: that of a unit on this machine, or the console's. */
final class AuditOptions {

    @Mixin
    private UnitOption unit;

    @Option(names = "--console", descriptionKey = "audit.console")
    private boolean console;

    AuditSource source(Shell shell) throws IOException, Failure {
        if (console && unit.isGiven()) {
            throw new Failure(ExitCode.USAGE, "AUDIT_PLACE");
        }
        return console ? new ConsoleAudit(ConsoleClient.signedIn(shell)) : new UnitAudit(unit, shell);
    }
}
