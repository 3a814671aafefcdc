package io.sekimori.update.engine;

import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Withdrawals;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What people took back, kept from when this unit first hears of it: nobody has it installed afterwards by leaving the
 * withdrawal out. It is on the disk before anything is judged by it, so a power cut makes nobody forget it. One transition at
 * a time writes it.
 */
record SeenWithdrawals(Path file) {

    /**
     * What is taken back, with what was brought now.
     *
     * @param keep whether it is to be kept; false for who only asks what would be
     * @throws Stopped if what was kept cannot be read, or this cannot be kept: then nobody knows what still counts
     */
    Withdrawals with(ApprovalPolicy policy, Approvals brought, boolean keep) throws Stopped {
        Withdrawals before = read();
        Withdrawals now = before.with(policy, brought);
        if (keep && !now.equals(before)) {
            write(now);
        }
        return now;
    }

    private Withdrawals read() throws Stopped {
        try {
            Optional<byte[]> bytes = DurableFile.read(file, Withdrawals.MAX_BYTES);
            return bytes.isPresent() ? Withdrawals.parse(bytes.get()) : Withdrawals.NONE;
        } catch (IOException | MalformedJson e) {
            throw new Stopped(UpdateCode.WITHDRAWALS_UNUSABLE, "it cannot be read: " + e.getMessage(), e);
        }
    }

    private void write(Withdrawals now) throws Stopped {
        try {
            Files.createDirectories(file.getParent());
            DurableFile.write(file, now.bytes());
        } catch (IOException e) {
            throw new Stopped(UpdateCode.WITHDRAWALS_UNUSABLE, "it cannot be kept: " + e.getMessage(), e);
        }
    }
}
