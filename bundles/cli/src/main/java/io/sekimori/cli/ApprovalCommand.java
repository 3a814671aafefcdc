package io.sekimori.cli;

import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assignment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekimori approval}: what people sign before gateways take it. Works without a console and without a network. */
@Command(
        name = "approval",
        subcommands = {ApprovalPolicyCommand.class, ApprovalSign.class, ApprovalWithdraw.class})
final class ApprovalCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec;

    ApprovalCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        RootCommand.needsSubcommand(spec);
    }

    @Command(name = "request")
    int request(
            @Mixin DirectorCommand.Place place,
            @Option(names = "--serial", paramLabel = "SERIAL", required = true, descriptionKey = "serial")
                    String serial,
            @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "approval.request.out")
                    Path out)
            throws IOException, Failure {
        KnownUnit unit = KnownUnit.read(place.path(shell), serial);
        Assignment assignment = place.open(shell)
                .current(unit.device())
                .orElseThrow(() -> new Failure(ExitCode.REFUSED, "NOTHING_ASSIGNED", serial));
        ApprovalRequest request = new ApprovalRequest(
                List.of(new ApprovalRequest.Entry(ApprovedContent.of(assignment), 1, Set.of(unit.device()))));
        Files.write(shell.resolve(out), request.bytes());
        shell.tell("approval.requested", shell.resolve(out));
        return ExitCode.OK.number();
    }

    @Command(name = "show")
    int show(@Parameters(paramLabel = "FILE", descriptionKey = "approval.file") Path file) throws IOException, Failure {
        byte[] bytes = ApprovalText.read(shell, file);
        ApprovalText text = new ApprovalText(shell);
        if (ApprovalText.isRequest(bytes)) {
            ApprovalRequest.parse(bytes).entries().forEach(text::tell);
        } else {
            Approvals approvals = Approvals.parse(bytes);
            approvals.entries().forEach(text::tell);
            approvals.withdrawals().forEach(text::tell);
        }
        return ExitCode.OK.number();
    }
}
