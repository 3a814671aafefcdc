package io.sekimori.cli;

import io.sekimori.trust.Approval;
import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekimori approval sign}: shows what is asked for in words, and approves it with somebody's own keys. */
@Command(name = "sign")
final class ApprovalSign implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    @Parameters(paramLabel = "FILE", descriptionKey = "approval.request")
    private Path file;

    @Option(names = "--days", paramLabel = "DAYS", defaultValue = "14", descriptionKey = "approval.days")
    private int days;

    @Option(names = "--listed", descriptionKey = "approval.listed")
    private boolean listed;

    @Option(names = "--content", paramLabel = "SHA256", descriptionKey = "approval.only")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "approval.out")
    private Path out;

    ApprovalSign(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        if (days < 1 || days > Approval.LONGEST.toDays()) {
            throw new Failure(ExitCode.USAGE, "APPROVAL_DAYS", days, Approval.LONGEST.toDays());
        }
        ApprovalRequest request = ApprovalRequest.parse(ApprovalText.read(shell, file));
        List<ApprovalRequest.Entry> wanted = request.entries().stream()
                .filter(entry -> only.isEmpty() || only.contains(entry.content().digest()))
                .toList();
        if (wanted.size() < Math.max(1, only.size())) {
            throw new Failure(ExitCode.REFUSED, "APPROVAL_CONTENT", file);
        }
        wanted.forEach(new ApprovalText(shell)::tell);
        if (chosen.names().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "KEY_UNNAMED");
        }
        List<Signer> signers = keys.signers(shell, chosen.names());
        List<SignedApproval> signed = new ArrayList<>();
        for (ApprovalRequest.Entry entry : wanted) {
            signed.add(SignedApproval.sign(approval(entry), signers));
        }
        Path target = shell.resolve(out);
        Files.write(target, new Approvals(signed, 0).bytes());
        signed.forEach(new ApprovalText(shell)::tell);
        shell.tell("approval.signed", target);
        return ExitCode.OK.number();
    }

    private Approval approval(ApprovalRequest.Entry entry) throws Failure {
        if (listed && entry.devices().isEmpty()) {
            throw new Failure(ExitCode.REFUSED, "APPROVAL_NOT_LISTED", entry.gateways(), Approval.MAX_DEVICES);
        }
        Instant now = shell.clock().instant();
        return new Approval(
                entry.content().digest(), listed ? entry.devices() : Set.of(), now, now.plus(Duration.ofDays(days)));
    }
}
