package io.sekimori.cli;

import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Withdrawal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sekimori approval withdraw}: takes back what the same key approved, before a gateway uses it. */
@Command(name = "withdraw")
final class ApprovalWithdraw implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private KeyDirectory keys;

    @Mixin
    private KeyDirectory.Chosen chosen;

    @Parameters(paramLabel = "FILE", descriptionKey = "approval.file")
    private Path file;

    @Option(names = "--content", paramLabel = "SHA256", descriptionKey = "approval.withdraw.only")
    private List<String> only = List.of();

    @Option(names = "--out", paramLabel = "FILE", required = true, descriptionKey = "approval.withdraw.out")
    private Path out;

    ApprovalWithdraw(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        Set<String> wanted = contents(ApprovalText.read(shell, file));
        if (!only.isEmpty()) {
            wanted.retainAll(only);
        }
        if (wanted.size() < Math.max(1, only.size())) {
            throw new Failure(ExitCode.REFUSED, "APPROVAL_CONTENT", file);
        }
        if (chosen.names().isEmpty()) {
            throw new Failure(ExitCode.USAGE, "KEY_UNNAMED");
        }
        List<Signer> signers = keys.signers(shell, chosen.names());
        Instant now = shell.clock().instant();
        List<SignedWithdrawal> signed = new ArrayList<>();
        for (String content : wanted) {
            signed.add(SignedWithdrawal.sign(new Withdrawal(content, now), signers));
        }
        Path target = shell.resolve(out);
        Files.write(target, new Approvals(List.of(), signed, 0).bytes());
        signed.forEach(new ApprovalText(shell)::tell);
        shell.tell("approval.taken", target);
        return ExitCode.OK.number();
    }

    /** Of a request or of approvals: who takes back need not have kept what they signed. */
    private static Set<String> contents(byte[] bytes) throws IOException {
        Set<String> contents = new LinkedHashSet<>();
        if (ApprovalText.isRequest(bytes)) {
            ApprovalRequest.parse(bytes)
                    .entries()
                    .forEach(entry -> contents.add(entry.content().digest()));
        } else {
            Approvals.parse(bytes)
                    .entries()
                    .forEach(entry -> contents.add(entry.approval().content()));
        }
        return contents;
    }
}
