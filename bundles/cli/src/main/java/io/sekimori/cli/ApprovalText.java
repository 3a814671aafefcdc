package io.sekimori.cli;

import io.sekimori.trust.ApprovalRequest;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.SignedWithdrawal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is to be approved, and who approved it, in words. */
public final class ApprovalText {

    private final Shell shell;

    /** Speaks to whoever sits before this shell. */
    public ApprovalText(Shell shell) {
        this.shell = shell;
    }

    /** A file, no more of it than the longest of these may have. */
    static byte[] read(Shell shell, Path file) throws IOException {
        return BoundedFile.read(shell.resolve(file), ApprovalRequest.MAX_BYTES);
    }

    /** Whether it asks for approvals; else it may hold some. */
    static boolean isRequest(byte[] file) {
        try {
            return JsonObject.parse(file).has("contents");
        } catch (MalformedJson e) {
            return false; // whoever reads it as the other says what is wrong
        }
    }

    /** The approvals and withdrawals of several files, as one. */
    public static Approvals joined(Shell shell, List<Path> files) throws IOException, Failure {
        List<SignedApproval> all = new ArrayList<>();
        List<SignedWithdrawal> withdrawals = new ArrayList<>();
        for (Path file : files) {
            Approvals read = Approvals.parse(read(shell, file));
            if (read.unreadable() > 0) {
                throw new Failure(ExitCode.REFUSED, "APPROVAL_UNREADABLE", file, read.unreadable());
            }
            all.addAll(read.entries());
            withdrawals.addAll(read.withdrawals());
        }
        try {
            return new Approvals(all, withdrawals, 0);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.REFUSED, "APPROVALS_TOO_MANY", Approvals.MOST).because(e);
        }
    }

    /** What would be signed. */
    public void tell(ApprovalRequest.Entry entry) {
        shell.tell(
                "approval.content",
                entry.content().model(),
                entry.gateways(),
                entry.content().digest());
        entry.content().lines().forEach(line -> shell.say("  " + line));
    }

    /** Who signed, for whom and until when. */
    void tell(SignedApproval signed) {
        Set<String> devices = signed.approval().devices();
        shell.tell(
                devices.isEmpty() ? "approval.all" : "approval.some",
                signed.approval().content(),
                signed.approval().expires(),
                devices.size());
        tell(signed.signers(), signed.verified());
    }

    /** Who took back what. */
    void tell(SignedWithdrawal signed) {
        shell.tell(
                "approval.withdrawn",
                signed.withdrawal().content(),
                signed.withdrawal().issued());
        tell(signed.signers(), signed.verified());
    }

    private void tell(Set<String> signers, Set<String> verified) {
        signers.forEach(key -> shell.tell(verified.contains(key) ? "approval.by" : "approval.unverified", key));
    }
}
